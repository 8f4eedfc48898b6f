import type { ColumnType, GeneratedAlways } from 'kysely'

/** Where an objection stands; see `steps` in ../objections/steps.ts. */
export type ObjectionState = 'RECEIVED' | 'UNDER_REVIEW' | 'UPHELD' | 'NOT_UPHELD' | 'WITHDRAWN'

/** Under which scheme an objection was made. */
export type ObjectionSource = 'LONDON_CARE_RECORD' | 'CONNECT_CARE' | 'LOCAL_CARE_RECORD'

/** How an objection reached the organisation. */
export type ObjectionRoute = 'PROFESSIONAL' | 'INDIVIDUAL_RIGHTS_REQUEST'

/** Why sharing goes on although the patient objected. */
export type NotUpheldReason = 'PUBLIC_INTEREST' | 'SAFEGUARDING' | 'RISK_OF_HARM'

/** A day, `YYYY-MM-DD`: read as text, because a JavaScript date would move it between time zones. */
type Day = ColumnType<string, string, never>

/** A patient's objection to sharing. Nothing of it but its state ever changes. */
interface ObjectionTable {
  id: string
  nhs_number: string
  /** The participant that keeps it: the one where it was recorded. */
  participant: string
  source: ObjectionSource
  /** Null where an earlier scheme did not say. */
  route: ObjectionRoute | null
  received_on: Day
  note: string | null
  state: ObjectionState
}

/** One step of an objection, with who took it, as things were at the time. Rows are never changed. */
interface ObjectionStepTable {
  /** Grows with time. */
  id: GeneratedAlways<string>
  objection_id: string
  taken_at: Date
  /** Null for the first step. */
  from_state: ObjectionState | null
  to_state: ObjectionState
  /** The day of a decision. */
  decided_on: Day | null
  reason: NotUpheldReason | null
  explanation: string | null
  /** What the patient was told. */
  notice: string | null
  /** Null where objections of an earlier scheme were imported. */
  user_id: string | null
  user_name: string | null
  role_code: string | null
  role_name: string | null
  ods_code: string | null
  organisation_name: string | null
  request_id: string | null
}

/** One person's emergency access to one patient, at one organisation, for some hours. */
interface EmergencyClaimTable {
  id: string
  user_id: string
  user_name: string
  role_code: string
  role_name: string
  ods_code: string
  organisation_name: string
  participant: string
  /** As it was claimed: another number of the same person may be in force. */
  nhs_number: string
  alert_type: number
  alert_reason: number
  justification: string
  claimed_at: Date
  ends_at: Date
  /** Null unless the person ended it before its time. */
  ended_at: ColumnType<Date | null, null | undefined, Date>
  request_id: string
}

/** What a privacy officer is told of a claim: the reference leads to it, nothing here names anybody. */
interface PrivacyAlertTable {
  reference: string
  claim_id: string
  /** Summary Care Record: 1 or 2. */
  alert_type: number
  /** Summary Care Record: 1 to 6. */
  alert_reason: number
  /** Whose staff claimed, and whose officer is told. */
  participant: string
  raised_at: Date
}

/** Governance's part of the gateway's database. */
export type GovernanceDatabase = {
  objection: ObjectionTable
  objection_step: ObjectionStepTable
  emergency_claim: EmergencyClaimTable
  privacy_alert: PrivacyAlertTable
}
