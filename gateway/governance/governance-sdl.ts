import type { DocumentNode } from 'graphql'
import { contractTypes } from '../../subgraphs/kit/schema/contract.ts'
import { FEDERATION_LINK } from '../../subgraphs/kit/schema/participant-sdl.ts'
import { AUDIT_QUERIES, AUDIT_TYPES } from '../audit/audit-sdl.ts'
import { ALERT_MUTATIONS, ALERT_QUERIES, ALERT_TYPES } from './alerts/alerts-sdl.ts'

/** The schema that governance publishes: objections, emergency access, alerts, the audit trail. */
export function governanceSdl(contract: DocumentNode): string {
  return `${[FEDERATION_LINK, ROOTS, EMERGENCY, OBJECTIONS, AUDIT_TYPES, ALERT_TYPES, contractTypes(contract, CONTRACT_TYPES)].join('\n\n')}\n`
}

/** What governance uses of the contract, word for word. */
const CONTRACT_TYPES = ['DateTime', 'PageInfo']

const ROOTS = `type Query {
  """
  The objections of a patient that your participant keeps, the newest first. Empty where it keeps
  none, whether or not anybody else does.
  """
  objections(
    "Ten digits, with or without spaces; its check digit must be right."
    nhsNumber: ID!
  ): [Objection!]
  "One objection that your participant keeps, with its whole history."
  objection(id: ID!): Objection
${AUDIT_QUERIES}
${ALERT_QUERIES}
}

type Mutation {
  """
  Claims access to a patient with whom your organisation has no relationship, in an emergency: for
  you, at the organisation of your selected role, for some hours. It needs a sign-in at assurance
  level 3 or of the last minutes, and raises an alert with your privacy officer. It opens no record
  that is closed by an objection, and nothing that is never shared. The answer is the same for every
  patient, known or not. Claiming again while a claim is open gives the open one.
  """
  claimEmergencyAccess(
    "Ten digits, with or without spaces; its check digit must be right."
    nhsNumber: ID!
    "Why, in the vocabulary of the Summary Care Record."
    reason: EmergencyReason!
    "Why, in your own words: 10 to 1000 characters on one line."
    justification: String!
  ): EmergencyClaim
  "Ends your own claim before its time. A claim that has ended stays as it is."
  endEmergencyAccess(claimId: ID!): EmergencyClaim
  """
  Records a patient's objection to sharing. Professionals record for patients of their organisation;
  privacy officers and Caldicott guardians for every patient whom their participant knows.
  """
  recordObjection(
    "Ten digits, with or without spaces; its check digit must be right."
    nhsNumber: ID!
    "The day on which the patient objected: year, month and day, not in the future."
    receivedOn: DateTime!
    "How the objection came."
    route: ObjectionRoute!
    "What else to know, at most 1000 characters on one line; nothing clinical."
    note: String
  ): Objection
  "Begins the review of a received objection. From now on the record is closed."
  takeObjectionUnderReview(objectionId: ID!): Objection
  "Decides on an objection under review. Not upheld, it opens the record and makes the patient's notice."
  decideObjection(
    objectionId: ID!
    decision: ObjectionDecision!
    "Needed when the objection is not upheld, and only then: the patient is told it."
    reason: NotUpheldReason
    "How the decision was come to, for the file: 10 to 1000 characters on one line."
    explanation: String!
  ): Objection
  "Notes that the patient takes the objection back. One that was not upheld has ended already."
  withdrawObjection(objectionId: ID!): Objection
${ALERT_MUTATIONS}
}`

const EMERGENCY = `"Why emergency access is claimed: one of the Summary Care Record's pairs of alert type and reason."
input EmergencyReason {
  alertType: EmergencyAlertType!
  reason: EmergencyReasonCode!
}

"The Summary Care Record's alert types."
enum EmergencyAlertType {
  "1: with PUBLIC_INTEREST, STATUTE, COURT_ORDER, SELF_CLAIM_EMERGENCY or OTHER_WITH_PERMISSION."
  SELF_CLAIMED_RELATIONSHIP
  "2: with PUBLIC_INTEREST, STATUTE, COURT_ORDER or EMERGENCY_ACCESS."
  ACCESS_ALERT
}

"The Summary Care Record's reasons for an alert."
enum EmergencyReasonCode {
  "1: public interest."
  PUBLIC_INTEREST
  "2: required by statute."
  STATUTE
  "3: ordered by a court."
  COURT_ORDER
  "4: an emergency, in which the relationship is claimed."
  SELF_CLAIM_EMERGENCY
  "5: access made in an emergency."
  EMERGENCY_ACCESS
  "6: another reason, with the patient's permission."
  OTHER_WITH_PERMISSION
}

"One person's emergency access to one patient."
type EmergencyClaim {
  id: ID!
  "The number that was claimed, as ten digits."
  nhsNumber: ID!
  "Under which the privacy officer finds the alert."
  alertReference: ID!
  alertType: EmergencyAlertType!
  reason: EmergencyReasonCode!
  claimedAt: DateTime!
  "When it ends by itself, or ended."
  endsAt: DateTime!
  "Whether it is good for anything now."
  isOpen: Boolean!
}`

const OBJECTIONS = `"A patient's objection to the sharing of their record through the London Care Record."
type Objection {
  id: ID!
  "The number under which it was recorded, as ten digits."
  nhsNumber: ID!
  "The code of the participant that keeps it, whose officers alone act on it."
  participant: ID!
  state: ObjectionState!
  "Whether it closes the record, in every participant's view of it: under review, or upheld."
  isInForce: Boolean!
  "The scheme under which it was made."
  source: ObjectionSource!
  "How it came; null where an earlier scheme did not say."
  route: ObjectionRoute
  "The day on which the patient objected."
  receivedOn: DateTime!
  "What was noted when it was recorded."
  note: String
  "The day of the decision."
  decidedOn: DateTime
  "Why it was not upheld."
  reason: NotUpheldReason
  "How the decision was come to."
  explanation: String
  "The text for the patient when it was not upheld, as it was written on the day of the decision."
  notice: String
  "Every step, the first one first."
  history: [ObjectionStep!]!
}

"Where an objection stands."
enum ObjectionState {
  "Recorded; nobody has looked at it yet, and the record is shared."
  RECEIVED
  "Being looked at: the record is closed until it is decided."
  UNDER_REVIEW
  "The record is closed."
  UPHELD
  "The record is shared, for a reason that the patient was told."
  NOT_UPHELD
  "The patient took it back: the record is shared."
  WITHDRAWN
}

"What can be decided on an objection."
enum ObjectionDecision {
  "The record is closed."
  UPHELD
  "The record is shared."
  NOT_UPHELD
}

"Why an objection is not upheld."
enum NotUpheldReason {
  "The public interest."
  PUBLIC_INTEREST
  "The safety of a child or of an adult at risk."
  SAFEGUARDING
  "A risk of harm to the patient or to others."
  RISK_OF_HARM
}

"The scheme under which an objection was made."
enum ObjectionSource {
  "This one."
  LONDON_CARE_RECORD
  "ConnectCare, whose objections were carried over."
  CONNECT_CARE
  "The Local Care Record, whose objections were carried over."
  LOCAL_CARE_RECORD
}

"How an objection came."
enum ObjectionRoute {
  "The patient told a professional."
  PROFESSIONAL
  "The patient made an Individual Rights Request."
  INDIVIDUAL_RIGHTS_REQUEST
}

"One step in the life of an objection. It is never changed."
type ObjectionStep {
  at: DateTime!
  "Null for the first step."
  from: ObjectionState
  to: ObjectionState!
  "Who took it; null for an objection that was imported from an earlier scheme."
  by: ObjectionActor
}

"Who took a step, as things were at the time."
type ObjectionActor {
  "The person's national user id."
  userId: ID!
  name: String!
  "The job role's code, such as \`R0001\`."
  roleCode: String!
  roleName: String!
  "The organisation of the role: its code in the Organisation Data Service."
  odsCode: ID!
  organisationName: String!
}`
