import { type Kysely, sql } from 'kysely'
import type { AccessEvent, Outcome } from '../../../audit/entries.ts'
import type { AuditDatabase } from '../../../audit/store/tables.ts'
import type { GovernanceDatabase } from '../../store/tables.ts'
import type { NewAlert } from '../raise-alerts.ts'
import { whoLooked } from './who-looked.ts'

/** What the trail says of a source whose answer seemed to be about somebody else. */
export const KEPT_OUT = 'QUARANTINED'

const RULE = 'WRONG_PATIENT_RECORD'
const DAY_MS = 24 * 3_600_000

/**
 * The alerts for participants that sent what seemed to be another patient's record: one a day for each
 * participant and patient, whoever asked.
 */
export async function findWrongRecords(
  db: Kysely<GovernanceDatabase>,
  audit: Kysely<AuditDatabase>,
  outcomes: readonly Outcome[],
): Promise<NewAlert[]> {
  if (outcomes.length === 0) return []
  const looks = await findLooks(audit, outcomes)
  const flagged = await findFlagged(db, [...looks.values()])
  return outcomes.flatMap(({ event, sources }) => {
    const look = looks.get(event)
    if (!look?.user || look.nhsNumber === null) return []
    const { user, nhsNumber, requestId } = look
    const at = new Date(look.at)
    return Object.entries(sources).flatMap(([participant, outcome]): NewAlert[] => {
      const key = keyOf(participant, nhsNumber)
      const isFlagged = at.getTime() - (flagged.get(key)?.getTime() ?? 0) < DAY_MS
      if (outcome !== KEPT_OUT || isFlagged) return []
      flagged.set(key, at)
      const about = { nhsNumber, facts: { requestId } }
      return [{ rule: RULE, event, participant, occurredAt: at, user: whoLooked(user), ...about }]
    })
  })
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

/** When each participant was last flagged with each of these patients. */
async function findFlagged(
  db: Kysely<GovernanceDatabase>,
  looks: readonly AccessEvent[],
): Promise<Map<string, Date>> {
  const numbers = looks.flatMap(({ nhsNumber }) => nhsNumber ?? [])
  const { rows } = await sql<{ participant: string; nhs_number: string; last: Date }>`
    select participant, nhs_number, max(occurred_at) as last from privacy_alert
    where rule = ${RULE} and nhs_number = any (${numbers}::text[])
    group by participant, nhs_number`.execute(db)
  return new Map(rows.map((row) => [keyOf(row.participant, row.nhs_number), row.last]))
}

function keyOf(participant: string, nhsNumber: string): string {
  return `${participant} ${nhsNumber}`
}
