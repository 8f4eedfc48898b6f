/** The fields of `Query` that show the audit trail. */
export const AUDIT_QUERIES = `  """
  Who looked at what, and who was refused: for privacy officers and Caldicott guardians, the newest
  first. You see what staff of your own participant did. Of a patient whom your participant knows,
  you also see what others did; the answer does not tell whether it knows the patient. Every argument
  narrows the list. Asking is itself written down.
  """
  accessEvents(
    "Only events of this patient, under whichever of their numbers. Ten digits, with or without spaces."
    nhsNumber: ID
    "Only events of the person with this national user id."
    userId: ID
    "Only events of staff of the organisation with this code of the Organisation Data Service."
    odsCode: ID
    "Only events recorded at or after this moment; a date means its beginning in London."
    from: DateTime
    "Only events recorded before this moment; a date means its beginning in London."
    until: DateTime
    "Only events of this kind."
    category: AccessCategory
    "True: only what was permitted. False: only what was refused."
    isPermitted: Boolean
    "At most this many events, 1 to 200."
    first: Int = 50
    "Continue after this cursor."
    after: String
  ): AccessEventConnection
  """
  Who looked at a patient's record, at what, when and why, in words for the patient: for privacy
  officers and Caldicott guardians of a participant that knows the patient. It holds everything of the
  period. Who looked also tells where the patient is treated: of a sensitive (S-flagged) patient make
  sure who it is that asks. Making the report is itself written down.
  """
  accessReport(
    "The patient, by whichever of their numbers. Ten digits, with or without spaces."
    nhsNumber: ID!
    "Only what was recorded at or after this moment; a date means its beginning in London."
    from: DateTime
    "Only what was recorded before this moment; a date means its beginning in London."
    until: DateTime
    """
    Whether staff are named. A patient is told the role and the organisation, as the national records
    do: a name is personal data of the member of staff as well, and whether it is given out is for
    that person's organisation to decide, case by case (Data Protection Act 2018, schedule 2, part 3).
    """
    includeStaffNames: Boolean = false
  ): AccessReport`

/** The types that show the audit trail. */
export const AUDIT_TYPES = `"Some of the events, and where the list continues."
type AccessEventConnection {
  "The newest first."
  nodes: [AccessEvent!]!
  "Where the list continues."
  pageInfo: PageInfo!
}

"What an event is about."
enum AccessCategory {
  "A patient's record."
  RECORD
  "A search for a patient."
  SEARCH
  "The claim of emergency access, or its end."
  EMERGENCY_ACCESS
  "An objection to sharing."
  OBJECTION
  "The audit trail itself, and privacy alerts."
  AUDIT
  "Anything else."
  OTHER
}

"One access, or one refusal, as it was committed to the audit trail before it was answered."
type AccessEvent {
  id: ID!
  "When it was asked."
  at: DateTime!
  "When it was written down: lists are ordered, and periods cut, by this."
  recordedAt: DateTime!
  "The request, as the answer's header \`X-Request-ID\` named it."
  requestId: ID!
  category: AccessCategory!
  "The query or mutation, such as \`patient\`."
  action: String!
  """
  Whether it was let through. What was refused only when it was done, as an objection recorded twice
  is, stands in the errors of the outcome.
  """
  isPermitted: Boolean!
  "The code of the refusal; null when it was permitted."
  refusal: String
  "Who asked, as things were at the time; null where nobody was signed in to the graph."
  user: AuditedUser
  "The purpose that was given, in HL7 v3-ActReason."
  purpose: String
  "What the access rested on."
  grounds: AuditedGrounds
  "The patient's number in force at the time; null for what was about no one patient."
  nhsNumber: ID
  "The number that was asked for."
  requestedNhsNumber: ID
  "The sections of the record that were asked for and permitted."
  sections: [String!]!
  "The fields that were asked for and refused to the role."
  deniedFields: [String!]!
  "What else was said: of a search, what was searched for."
  facts: [AuditedFact!]!
  "The operation's name, where the client gave it one."
  operationName: String
  "The program that asked, as it calls itself."
  client: AuditedClient
  "From where it was asked."
  device: AuditedDevice!
  "What came of it; null until it is written, and where the gateway ended before."
  outcome: AccessOutcome
}

"Somebody who asked, as their token and the list of participants said at the time."
type AuditedUser {
  "The person's national user id."
  userId: ID!
  name: String!
  "The job role's code, such as \`R8000\`."
  roleCode: String!
  roleName: String!
  organisation: AuditedOrganisation!
  "The code of the participant; null for an organisation that belonged to none."
  participant: ID
  "How surely the person had signed in: 1, 2 or 3."
  assuranceLevel: Int!
}

"An organisation, as it was called at the time."
type AuditedOrganisation {
  "Its code in the Organisation Data Service."
  odsCode: ID!
  "Null for an organisation that belonged to no participant."
  name: String
}

"A relationship or an emergency claim on which an access rested."
type AuditedGrounds {
  "The kind of relationship, such as \`ATTENDANCE\`, or \`EMERGENCY_CLAIM\`."
  kind: String!
  "The resource that shows the relationship, or the claim's id."
  evidence: String!
}

"One thing that was said in asking."
type AuditedFact {
  "The argument."
  name: String!
  "As text; in JSON where it is more than that."
  value: String!
}

"A program that asked."
type AuditedClient {
  name: String!
  version: String
}

"A place from which was asked, as far as the request said."
type AuditedDevice {
  "What the organisation calls the workstation."
  id: String
  "The network address."
  address: String
  userAgent: String
}

"What came of an access."
type AccessOutcome {
  at: DateTime!
  durationMs: Float!
  "What each participant did; empty where none was asked."
  sources: [AuditedSource!]!
  "How many entries were shown, by section."
  items: [AuditedItems!]!
  "The codes of the answer's errors."
  errors: [String!]!
}

"What one participant did."
type AuditedSource {
  "Its code."
  participant: ID!
  "One of the values of \`SourceOutcome\`."
  outcome: String!
}

"How many entries of a section were shown."
type AuditedItems {
  section: String!
  count: Int!
}

"Who looked at a patient's record, in words for the patient."
type AccessReport {
  "The patient's number, as ten digits."
  nhsNumber: ID!
  "Other numbers of the same patient, under which was looked as well."
  otherNhsNumbers: [ID!]!
  "Where the period begins; null for the beginning of the trail."
  from: DateTime
  "Where the period ends; null for the moment at which the report was made."
  until: DateTime
  generatedAt: DateTime!
  "Every access and every refusal, the newest first."
  entries: [AccessReportEntry!]!
  "The report as plain text of 80 columns; repeated looks stand in one line."
  text: String!
  "The report as CSV (RFC 4180), a line for every entry."
  csv: String!
  "The report as one printable HTML page, which loads nothing; repeated looks stand in one line."
  html: String!
}

"One access to a patient's record, or one refusal, in words for the patient."
type AccessReportEntry {
  at: DateTime!
  "The role and the organisation; the name where that was asked for."
  who: String!
  "What was done: \`Opened your record: your medicines and your allergies.\`"
  what: String!
  "On which grounds, or why it was refused."
  why: String!
  wasRefused: Boolean!
}`
