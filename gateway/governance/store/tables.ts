import type { ColumnType, Generated, GeneratedAlways, JSONColumnType } from 'kysely'

/** Where an objection stands; see `steps` in ../objections/steps.ts. */
export type ObjectionState = 'RECEIVED' | 'UNDER_REVIEW' | 'UPHELD' | 'NOT_UPHELD' | 'WITHDRAWN'

/** Under which scheme an objection was made. */
export type ObjectionSource = 'LONDON_CARE_RECORD' | 'CONNECT_CARE' | 'LOCAL_CARE_RECORD'

/** How an objection reached the organisation. */
export type ObjectionRoute = 'PROFESSIONAL' | 'INDIVIDUAL_RIGHTS_REQUEST'

/** Why sharing goes on although the patient objected. */
export type NotUpheldReason = 'PUBLIC_INTEREST' | 'SAFEGUARDING' | 'RISK_OF_HARM'

/** Why an alert is raised; see ../alerts/rules/rules.ts. */
export type AlertRule =
  | 'EMERGENCY_ACCESS'
  | 'OWN_RECORD'
  | 'SAME_SURNAME'
  | 'COLLEAGUE_RECORD'
  | 'UNUSUAL_VOLUME'
  | 'OUT_OF_HOURS'
  | 'WRONG_PATIENT_RECORD'
  | 'IDENTITY_UNDECIDED'
  | 'NUMBERS_NOT_JOINED'
  | 'RULE_FAILED'

/** Where an alert stands; see ../alerts/steps.ts. */
export type AlertState = 'OPEN' | 'ESCALATED' | 'CLOSED'

/** What a rule found, by name: counts, times, codes. */
export type AlertFacts = Readonly<Record<string, string | number>>

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

/** What a privacy officer is to look into. Nothing of it but its state ever changes. */
interface PrivacyAlertTable {
  /** All that a notification says; see ../alerts/alert-reference.ts. */
  reference: string
  rule: AlertRule
  /** The id of the audit trail's event; null for a claim's, which is raised with the claim. */
  event: string | null
  /** Of a claim; so are the next two. */
  claim_id: string | null
  /** Summary Care Record: 1 or 2. */
  alert_type: number | null
  /** Summary Care Record: 1 to 6. */
  alert_reason: number | null
  /** Whose staff it is about, and whose officer is told. */
  participant: string
  raised_at: Date
  /** When what it is about happened. */
  occurred_at: Date
  state: AlertState
  user_id: string
  user_name: string
  role_code: string
  role_name: string
  ods_code: string
  organisation_name: string
  /** Null where no one patient is meant. */
  nhs_number: string | null
  /** Counts, times and codes by their names: nothing that anybody wrote. */
  facts: JSONColumnType<AlertFacts, string, never>
}

/** One thing that an officer did with an alert. Rows are never changed. */
interface PrivacyAlertStepTable {
  /** Grows with time. */
  id: GeneratedAlways<string>
  reference: string
  taken_at: Date
  from_state: AlertState
  to_state: AlertState
  /** Null where an alert is escalated. */
  attendance_confirmed: boolean | null
  note: string
  user_id: string
  user_name: string
  role_code: string
  role_name: string
  ods_code: string
  organisation_name: string
  request_id: string
}

/** How far the audit trail has been followed: one row, none before the first event. */
interface AlertCursorTable {
  is_the_one: Generated<boolean>
  xid: string
  position: string
}

/** When a member of staff last opened a patient's record at an organisation, for some hours. */
interface RecentOpeningTable {
  user_id: string
  ods_code: string
  nhs_number: string
  opened_at: Date
}

/** A member of staff who is a patient, and where they work, as a participant lists it. */
interface StaffMemberTable {
  participant: string
  user_id: string
  nhs_number: string
  ods_code: string
}

/** Governance's part of the gateway's database. */
export type GovernanceDatabase = {
  objection: ObjectionTable
  objection_step: ObjectionStepTable
  emergency_claim: EmergencyClaimTable
  privacy_alert: PrivacyAlertTable
  privacy_alert_step: PrivacyAlertStepTable
  alert_cursor: AlertCursorTable
  recent_opening: RecentOpeningTable
  staff_member: StaffMemberTable
}
