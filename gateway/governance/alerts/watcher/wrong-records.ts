import { type Kysely, sql } from 'kysely'
import type { AccessEvent, Outcome } from '../../../audit/entries.ts'
import type { AuditDatabase } from '../../../audit/store/tables.ts'
import type { AlertRule, GovernanceDatabase } from '../../store/tables.ts'
import type { NewAlert } from '../raise-alerts.ts'
import { whoLooked } from './who-looked.ts'

/** What the trail says of a source whose answer seemed to be about somebody else. */
const KEPT_OUT = 'QUARANTINED'

/** What stands in the JSON of an outcome that tells of a doubt, and of few others. */
export const MARKS_OF_DOUBT = [`"${KEPT_OUT}"`, '"undecided":', '"unjoined":'] as const

const DAY_MS = 24 * 3_600_000

/** A participant whose record is doubtful, and why. */
interface Doubt {
  readonly rule: AlertRule
  readonly participant: string
}

/**
 * The alerts for participants whose record of a patient is doubtful: one that was somebody else's, one of
 * several sides between which nothing decides, a link between numbers that is not followed. One a day for
 * each participant, patient and reason, whoever asked.
 */
export async function findWrongRecords(
  db: Kysely<GovernanceDatabase>,
  audit: Kysely<AuditDatabase>,
  outcomes: readonly Outcome[],
): Promise<NewAlert[]> {
  const doubtful = outcomes.filter((outcome) => doubtsIn(outcome).length > 0)
  if (doubtful.length === 0) return []
  const looks = await findLooks(audit, doubtful)
  const flagged = await findFlagged(db, [...looks.values()])
  return doubtful.flatMap((outcome) => {
    const look = looks.get(outcome.event)
    if (!look?.user || look.nhsNumber === null) return []
    const { user, nhsNumber, requestId } = look
    const at = new Date(look.at)
    return doubtsIn(outcome).flatMap((doubt): NewAlert[] => {
      const key = keyOf(doubt, nhsNumber)
      if (at.getTime() - (flagged.get(key)?.getTime() ?? 0) < DAY_MS) return []
      flagged.set(key, at)
      const about = { nhsNumber, facts: { requestId } }
      const { event } = outcome
      return [{ ...doubt, event, occurredAt: at, user: whoLooked(user), ...about }]
    })
  })
}

function doubtsIn({ sources, undecided = [], unjoined = [] }: Outcome): Doubt[] {
  const keptOut = Object.keys(sources).filter((code) => sources[code] === KEPT_OUT)
  return [
    ...keptOut.map((participant) => ({ rule: 'WRONG_PATIENT_RECORD' as const, participant })),
    ...undecided.map((participant) => ({ rule: 'IDENTITY_UNDECIDED' as const, participant })),
    ...unjoined.map((participant) => ({ rule: 'NUMBERS_NOT_JOINED' as const, participant })),
  ]
}

/** The looks that outcomes belong to, by their events. */
async function findLooks(
  audit: Kysely<AuditDatabase>,
  outcomes: readonly Outcome[],
): Promise<Map<string, AccessEvent>> {
  const { rows } = await sql<{ body: string }>`
    select body::text as body from audit_entry
    where kind = 'ACCESS' and event = any (${outcomes.map(({ event }) => event)}::text[])
  `.execute(audit)
  const looks = rows.map(({ body }) => JSON.parse(body) as AccessEvent)
  return new Map(looks.map((look) => [look.event, look]))
}

/** When each participant was last flagged with each of these patients, by the reason. */
async function findFlagged(
  db: Kysely<GovernanceDatabase>,
  looks: readonly AccessEvent[],
): Promise<Map<string, Date>> {
  const numbers = looks.flatMap(({ nhsNumber }) => nhsNumber ?? [])
  const { rows } = await sql<{
    rule: AlertRule
    participant: string
    nhs_number: string
    last: Date
  }>`
    select rule, participant, nhs_number, max(occurred_at) as last from privacy_alert
    where rule in ('WRONG_PATIENT_RECORD', 'IDENTITY_UNDECIDED', 'NUMBERS_NOT_JOINED')
      and nhs_number = any (${numbers}::text[])
    group by rule, participant, nhs_number`.execute(db)
  return new Map(rows.map((row) => [keyOf(row, row.nhs_number), row.last]))
}

function keyOf({ rule, participant }: Doubt, nhsNumber: string): string {
  return `${rule} ${participant} ${nhsNumber}`
}
