import type { Kysely } from 'kysely'
import type { Logger } from 'pino'
import type { Participant } from '../../../../subgraphs/kit/participant.ts'
import type { AccessEvent } from '../../../audit/entries.ts'
import { problemOf } from '../../../problem-of.ts'
import type { GovernanceDatabase } from '../../store/tables.ts'
import type { NewAlert } from '../raise-alerts.ts'
import { type Finding, isFlaggedAlready, type Known, type Look, type Rule } from '../rules/rule.ts'
import type { CommonNames } from './common-names.ts'
import { Flagged } from './flagged.ts'
import { Openings } from './openings.ts'
import { findPeople } from './people.ts'
import { whoLooked } from './who-looked.ts'

/** What looks are judged by. */
export interface JudgeOptions {
  readonly rules: readonly Rule[]
  /** Those of the supergraph that is in force. */
  participants(): readonly Participant[]
  readonly patientsPerHour: number
  readonly commonNames: CommonNames
  readonly logger: Pick<Logger, 'error'>
}

/**
 * Applies every rule to every look, in their order, and keeps what the rules remember. A rule that
 * breaks stops no other: that it broke is flagged itself.
 *
 * @returns the alerts to raise
 */
export async function judge(
  db: Kysely<GovernanceDatabase>,
  looks: readonly Look[],
  options: JudgeOptions,
): Promise<NewAlert[]> {
  const [people, openings, flagged, commonNames] = [
    await findPeople(db, looks),
    await Openings.load(db, looks),
    await Flagged.load(db, looks),
    await options.commonNames.find(),
  ]
  const alerts: NewAlert[] = []
  for (const look of looks) {
    if (look.refusal === null) openings.note(look)
    const { userId, odsCode } = look.user
    const known: Known = {
      patient: people.patient(look),
      register: people.register(look),
      organisationKind: kindOf(options.participants(), odsCode),
      isCommonName: (familyKey) => commonNames.has(familyKey),
      patientsSince: (time, where) =>
        openings.countSince(time, userId, where === 'ANYWHERE' ? undefined : odsCode),
      patientsPerHour: options.patientsPerHour,
      lastFlagged: (rule) => flagged.last(rule, look),
    }
    for (const [name, finding] of applyRules(look, known, options)) {
      const nhsNumber = finding.isAboutPatient ? look.nhsNumber : null
      flagged.note(name, look, nhsNumber)
      alerts.push(toAlert(name, look, { nhsNumber, facts: finding.facts }))
    }
  }
  await openings.save(db, looks)
  return alerts
}

/** The events that rules judge: looks at a record by the staff of a participant. */
export function looksIn(events: readonly AccessEvent[]): Look[] {
  return events.flatMap(({ at, user, nhsNumber, ...event }) => {
    const participant = user?.participant
    if (event.category !== 'RECORD' || !user || !participant || nhsNumber === null) return []
    return [{ ...event, at: new Date(at), nhsNumber, user: { ...user, participant } }]
  })
}

type Found = readonly [Rule['name'], Finding]

function applyRules(look: Look, known: Known, { rules, logger }: JudgeOptions): Found[] {
  const found: Found[] = []
  const broken: string[] = []
  for (const { name, find } of rules) {
    try {
      const finding = find?.(look, known) ?? null
      if (finding !== null) found.push([name, finding])
    } catch (error) {
      broken.push(name)
      logger.error({ rule: name, event: look.event, problem: problemOf(error) }, 'A rule broke')
    }
  }
  if (broken.length === 0 || isFlaggedAlready('RULE_FAILED', look, known)) return found
  return [...found, ['RULE_FAILED', { isAboutPatient: false, facts: { rules: broken.join(', ') } }]]
}

function toAlert(
  rule: Rule['name'],
  { event, at, user }: Look,
  about: Pick<NewAlert, 'nhsNumber' | 'facts'>,
): NewAlert {
  return {
    rule,
    event,
    participant: user.participant,
    occurredAt: at,
    user: whoLooked(user),
    ...about,
  }
}

function kindOf(participants: readonly Participant[], odsCode: string): Known['organisationKind'] {
  const organisations = participants.flatMap((participant) => participant.organisations)
  return organisations.find((organisation) => organisation.odsCode === odsCode)?.kind ?? null
}
