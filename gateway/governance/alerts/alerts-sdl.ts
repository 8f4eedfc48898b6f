import { rules } from './rules/rules.ts'

/** The fields of `Query` that show privacy alerts. */
export const ALERT_QUERIES = `  """
  Privacy alerts about staff of your own participant, the newest first. With a patient whom your
  participant knows, also those about other participants' staff, which others work on; the answer does
  not tell whether it knows the patient. Every argument narrows the list. Asking is itself written down.
  """
  privacyAlerts(
    "Only alerts that stand here."
    state: PrivacyAlertState
    "Only alerts of this rule."
    rule: PrivacyAlertRule
    "Only alerts about this patient, under whichever of their numbers. Ten digits, with or without spaces."
    nhsNumber: ID
    "Only alerts about the person with this national user id."
    userId: ID
    "Only alerts raised at or after this moment; a date means its beginning in London."
    from: DateTime
    "Only alerts raised before this moment; a date means its beginning in London."
    until: DateTime
    "At most this many alerts, 1 to 200."
    first: Int = 50
    "Continue after this cursor."
    after: String
  ): PrivacyAlertConnection
  "One alert about staff of your own participant."
  privacyAlert(
    "As the notification has it, such as \`PA-7Q2M-X9KD-04ZT\`."
    reference: ID!
  ): PrivacyAlert`

/** The fields of `Mutation` that work on privacy alerts. */
export const ALERT_MUTATIONS = `  """
  Closes an alert about staff of your own participant, once you know whether the person had to do with
  the patient. Nobody closes an alert about themselves.
  """
  closePrivacyAlert(
    reference: ID!
    "Whether it is confirmed that the person attended to the patient."
    attendanceConfirmed: Boolean!
    "What you found out: 10 to 1000 characters on one line; nothing clinical."
    note: String!
  ): PrivacyAlert
  """
  Hands an open alert about staff of your own participant on to whoever investigates. It can be closed
  afterwards. Nobody escalates an alert about themselves.
  """
  escalatePrivacyAlert(
    reference: ID!
    "Why, and to whom: 10 to 1000 characters on one line; nothing clinical."
    note: String!
  ): PrivacyAlert`

/** The types of privacy alerts. */
export const ALERT_TYPES = `"Some of the alerts, and where the list continues."
type PrivacyAlertConnection {
  "The newest first."
  nodes: [PrivacyAlert!]!
  "Where the list continues."
  pageInfo: PageInfo!
}

"Where an alert stands."
enum PrivacyAlertState {
  "Nobody has worked on it yet."
  OPEN
  "Handed on; it can be closed."
  ESCALATED
  "Done with."
  CLOSED
}

"Why an alert is raised."
enum PrivacyAlertRule {
${rules.map(({ name, explanation }) => `  """\n  ${explanation}\n  """\n  ${name}`).join('\n')}
}

"Something that a privacy officer is to look into. It says nothing about whether it was wrong."
type PrivacyAlert {
  "Under which it is spoken of: it tells nothing by itself."
  reference: ID!
  rule: PrivacyAlertRule!
  "What the rule looks for, and what it leaves out."
  explanation: String!
  state: PrivacyAlertState!
  raisedAt: DateTime!
  "When what it is about happened."
  occurredAt: DateTime!
  """
  The code of the participant whose officers alone work on it: the one whose staff it is about, or, for
  WRONG_PATIENT_RECORD, IDENTITY_UNDECIDED and NUMBERS_NOT_JOINED, the one whose record it is about.
  """
  participant: ID!
  """
  Who it is about, as things were at the time; for WRONG_PATIENT_RECORD, IDENTITY_UNDECIDED and
  NUMBERS_NOT_JOINED, who asked, and did nothing wrong.
  """
  user: PrivacyAlertStaff!
  "The patient, by the number in force at the time; null where no one patient is meant."
  nhsNumber: ID
  "The event in the audit trail; of a pattern, the one that completed it."
  event: ID
  "What was found: counts, times and codes."
  facts: [PrivacyAlertFact!]!
  "The Summary Care Record's alert type, for EMERGENCY_ACCESS."
  alertType: EmergencyAlertType
  "The Summary Care Record's reason, for EMERGENCY_ACCESS."
  reason: EmergencyReasonCode
  "The claim, for EMERGENCY_ACCESS."
  claim: PrivacyAlertClaim
  "What officers did with it, the first step first; empty while nobody has done anything."
  history: [PrivacyAlertStep!]!
}

"A member of staff, as things were at the time."
type PrivacyAlertStaff {
  "The person's national user id."
  userId: ID!
  name: String!
  "The job role's code, such as \`R8000\`."
  roleCode: String!
  roleName: String!
  "The organisation of the role: its code in the Organisation Data Service."
  odsCode: ID!
  organisationName: String!
}

"One fact that a rule found."
type PrivacyAlertFact {
  name: String!
  value: String!
}

"A claim of emergency access, as its privacy officer sees it."
type PrivacyAlertClaim {
  id: ID!
  "Why, in the words of the person who claimed."
  justification: String!
  claimedAt: DateTime!
  "When it ends by itself, or ended."
  endsAt: DateTime!
  "When the person ended it; null unless they did before its time."
  endedAt: DateTime
  "Whether it is good for anything now."
  isOpen: Boolean!
}

"One thing that an officer did with an alert. It is never changed."
type PrivacyAlertStep {
  at: DateTime!
  from: PrivacyAlertState!
  to: PrivacyAlertState!
  "Whether attendance was confirmed; null where the alert was escalated."
  attendanceConfirmed: Boolean
  note: String!
  by: PrivacyAlertStaff!
}`
