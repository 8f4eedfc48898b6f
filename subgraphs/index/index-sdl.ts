import type { DocumentNode } from 'graphql'
import type { Participant } from '../kit/participant.ts'
import { contractTypes } from '../kit/schema/contract.ts'
import {
  FEDERATION_LINK,
  isContributor,
  participantTypeName,
  recordTypeName,
} from '../kit/schema/participant-sdl.ts'

/** What the index uses of the contract, word for word. */
const CONTRACT_TYPES = [
  'DateTime',
  'HumanName',
  'Gender',
  'Address',
  'ContactPoint',
  'Organisation',
  'Concept',
  'PatientContact',
  'ParticipantKind',
  'Participation',
]

/**
 * The schema that the index publishes: patients and where their records are, who takes part, and
 * the caller. A participant's own types stand here as stubs, which the participant fills.
 */
export function indexSdl(participants: readonly Participant[], contract: DocumentNode): string {
  const stubs = participants.map(({ code, participation }) =>
    [
      participantStub(participantTypeName(code)),
      ...(isContributor({ participation }) ? [recordStub(recordTypeName(code))] : []),
    ].join('\n\n'),
  )
  return `${[FEDERATION_LINK, OWN_TYPES, ...stubs, contractTypes(contract, CONTRACT_TYPES)].join('\n\n')}\n`
}

function participantStub(type: string): string {
  return `type ${type} implements Participant @key(fields: "code", resolvable: false) {
  code: ID!
  name: String! @shareable
  kind: ParticipantKind! @shareable
  participation: Participation! @shareable
}`
}

function recordStub(type: string): string {
  return `type ${type} implements CareRecord @key(fields: "nhsNumber", resolvable: false) {
  nhsNumber: ID!
}`
}

const OWN_TYPES = `type Query {
  """
  One patient and all that is known about them. Null when nobody knows the number. A number that
  has been replaced is followed: see \`nhsNumber\` and \`requestedNhsNumber\` of the answer.
  """
  patient(
    "Ten digits, with or without spaces; its check digit must be right."
    nhsNumber: ID!
  ): Patient
  """
  Finds patients by their date of birth and at least one other fact; all facts given must be
  right. At most 20; give more facts when the right one is not among them. Only patients whom the
  caller may see are found.
  """
  findPatients(
    "Date of birth, whole: year, month and day. Who is known by year or month only is found by any day in it."
    birthDate: DateTime!
    """
    A family name of now or before, or one half of a double-barrelled one; of somebody with one name, that
    name. Case, accents, apostrophes and hyphens do not matter, and letters may be typed in their plain form:
    \`Pawlowska\` for \`Pawłowska\`, \`Muller\` or \`Mueller\` for \`Müller\`.
    """
    familyName: String
    "NHS number: ten digits, with or without spaces."
    nhsNumber: ID
    "Postcode of a present address, whole. A sensitive patient is not found by it unless the reader's role holds activity B1611."
    postcode: String
  ): [PatientMatch!]
  "Everybody who takes part in the London Care Record."
  participants: [Participant!]!
  "Who is asking, as their token says."
  me: Caller!
}

"A patient, and where records of them are held."
type Patient @key(fields: "nhsNumber") {
  "The NHS number now in force: ten digits, no spaces."
  nhsNumber: ID!
  "The number that was asked for: another one when it has been replaced."
  requestedNhsNumber: ID
  "Numbers that this one replaced, under which a source may still hold the patient."
  supersededNhsNumbers: [ID!]!
  "The name in use, as the source that changed last recorded it; so is all that follows."
  name: HumanName
  "Other names in use now, such as the official one beside the usual one."
  otherNames: [HumanName!]
  "Names no longer in use: maiden and old ones, and those whose time has ended. Never to be shown as present."
  formerNames: [HumanName!]
  "Date of birth."
  birthDate: DateTime
  "Administrative gender."
  gender: Gender
  "When the patient died, where that is recorded."
  deceasedAt: DateTime
  "Whether the patient is recorded as dead; null where nothing is recorded."
  isDeceased: Boolean
  "Present addresses, home first. Empty for a sensitive patient unless the reader's role holds activity B1611."
  addresses: [Address!]
  "Telephone numbers and e-mail addresses. Empty for a sensitive patient unless the reader's role holds activity B1611."
  telecom: [ContactPoint!]
  """
  The general practice where the patient is registered. Null for a sensitive patient unless the
  reader's role holds activity B1611.
  """
  generalPractice: Organisation
  "The language the patient prefers to use."
  language: Concept
  """
  Next of kin and other people to contact; of a sensitive patient without telecom unless the
  reader's role holds activity B1611.
  """
  contacts: [PatientContact!]
  """
  Sensitive (S-flagged) with any source: nothing that gives a location is shown unless the reader's
  role holds activity B1611.
  """
  isSensitive: Boolean!
  "The record of each participant that holds one, as that participant keeps it."
  records: [CareRecord!]!
}

"A patient that a search found: enough to choose by, and no record."
type PatientMatch {
  "The NHS number now in force: ten digits, no spaces."
  nhsNumber: ID!
  "The name in use, which may be another than the one searched for."
  name: HumanName
  "Date of birth."
  birthDate: DateTime
  "Administrative gender."
  gender: Gender
  "The home address on one line. Null for a sensitive patient unless the reader's role holds activity B1611."
  address: String
  "The home address's postcode. Null for a sensitive patient unless the reader's role holds activity B1611."
  postcode: String
  """
  Sensitive (S-flagged) with any source: nothing that gives a location is shown unless the reader's
  role holds activity B1611.
  """
  isSensitive: Boolean!
}

"Who is asking: a person in one role at one organisation."
type Caller {
  "The person's national user id."
  userId: ID!
  "The person's name."
  name: String!
  "The role that was selected at sign-in."
  role: CallerRole!
  "The organisation of that role."
  organisation: Organisation!
  "The code of the participant that the organisation belongs to; null when it belongs to none."
  participant: ID
  "The purpose of use, in HL7 v3-ActReason: TREAT, ETREAT, COC or BTG."
  purpose: String!
  "How surely the person signed in: 1, 2 or 3."
  assuranceLevel: Int!
}

"A national job role."
type CallerRole {
  "The job role's code, such as \`R8000\`."
  code: String!
  "The job role's name."
  name: String!
}

interface CareRecord {
  nhsNumber: ID!
}

interface Participant {
  code: ID!
  name: String!
  kind: ParticipantKind!
  participation: Participation!
}`
