import type { OrganisationKind } from '../../../../subgraphs/kit/generated/contract.ts'
import type { AccessEvent, AuditedUser } from '../../../audit/entries.ts'
import type { AlertFacts, AlertRule } from '../../store/tables.ts'
import type { PatientName } from './names.ts'

/** Why an alert is raised: a name, an explanation for officers, and what it looks for. */
export interface Rule {
  readonly name: AlertRule
  /** In plain words: what is flagged, and what is not. Shown in the API and in docs/governance.md. */
  readonly explanation: string
  /** What is to be flagged in a look at a record; null for nothing. Absent: raised where it happens. */
  readonly find?: (look: Look, known: Known) => Finding | null
}

/** One look at one patient's record, or the refusal of it, by a participant's staff. */
export interface Look extends Omit<AccessEvent, 'at'> {
  readonly at: Date
  readonly user: AuditedUser & { readonly participant: string }
  readonly nhsNumber: string
}

/** What is known about a look beside the look itself. */
export interface Known {
  readonly patient: {
    /** Every number of the same person. */
    readonly numbers: readonly string[]
    /** As each source writes it. */
    readonly names: readonly PatientName[]
  }
  /** What the staff register says. */
  readonly register: {
    /** The user's own NHS numbers; empty where it knows nothing of the user. */
    readonly ofUser: readonly string[]
    /** The patient as a member of staff; empty where it knows nothing of the patient. */
    readonly ofPatient: readonly { readonly userId: string; readonly odsCode: string }[]
  }
  /** What the user's organisation is; null for one that takes no part any more. */
  readonly organisationKind: OrganisationKind | null
  /** Whether a family name, folded, is borne by so many patients that it says nothing. */
  isCommonName(familyKey: string): boolean
  /** How many different patients the user has opened from a time on, this one included. */
  patientsSince(time: Date, where: 'ANYWHERE' | 'AT_THIS_ORGANISATION'): number
  /** So many different patients in an hour are usual. */
  readonly patientsPerHour: number
  /** When the user was last flagged by a rule; for a rule about a patient, with this patient. */
  lastFlagged(rule: AlertRule): Date | null
}

/** What a rule flags. */
export interface Finding {
  /** Whether it is about this one patient. */
  readonly isAboutPatient: boolean
  readonly facts: AlertFacts
}

const DAY_MS = 24 * 3_600_000

/** Whether the same was flagged within the last day: one alert says it. */
export function isFlaggedAlready(rule: AlertRule, { at }: Look, known: Known): boolean {
  const last = known.lastFlagged(rule)
  return last !== null && at.getTime() - last.getTime() < DAY_MS
}
