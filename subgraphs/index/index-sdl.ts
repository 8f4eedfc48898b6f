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
  'SharedSection',
  'Timeliness',
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
  shares: [SharedSection!]! @shareable
}`
}

function recordStub(type: string): string {
  return `type ${type} implements CareRecord @key(fields: "nhsNumber server", resolvable: false) {
  nhsNumber: ID!
  server: ID
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
  "Who says that this is the patient, and who says otherwise: read it where sources disagree."
  identity: PatientIdentity!
  """
  The name in use, as the source by which it was decided who the patient is recorded it; so is all that
  follows. Null, as all that follows, where nothing decides: see \`identity\`.
  """
  name: HumanName
  "Other names in use now, such as the official one beside the usual one."
  otherNames: [HumanName!]
  """
  Names no longer in use: maiden and old ones, and those whose time has ended. Never to be shown as present.
  Names of other given names than now are not shown.
  """
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

"Who the patient is under this number, decided by evidence and never by who wrote last."
type PatientIdentity {
  "By what it was decided."
  basis: IdentityBasis!
  "What came of asking the national demographics service: whether somebody vouches nationally."
  nationalService: NationalServiceState!
  "Codes of participants all of whose own records under this number are of this person."
  agreeing: [ID!]!
  """
  Codes of participants that have a record of somebody else under this number: it is kept out. Where
  nothing decides, all sides: each can be looked at in \`records\`, under its own name and date of birth.
  """
  disagreeing: [ID!]!
  """
  Codes of participants that have a record which says too little to be of this person for sure, having no date
  of birth or no name: it stands in \`records\` and in no merged section.
  """
  unconfirmed: [ID!]!
  """
  Codes of participants that say that this number and another are one person's, which is not followed,
  because who is known under them differs or is not known: nothing of the other number is in this answer.
  """
  unjoinedBy: [ID!]!
}

"What came of asking the national demographics service about the number."
enum NationalServiceState {
  "None is connected: nobody vouches nationally."
  NOT_CONNECTED
  "It knows who bears the number."
  VOUCHES
  "It says that nobody bears the number."
  NOT_KNOWN
  "It does not answer at present, and nothing recent is kept: nobody vouches nationally, and the sources decide."
  AWAY
  "It was not asked: a search does not."
  NOT_ASKED
}

"By what it was decided who a patient is, the strongest first."
enum IdentityBasis {
  "The national demographics service says so."
  NATIONAL_SERVICE
  "The source of the practice where the patient is registered says so."
  REGISTERED_PRACTICE
  "More than half of the sources that give name and date of birth agree."
  MOST_SOURCES
  "One source alone says who it is, and none says otherwise."
  ONLY_SOURCE
  "Sources disagree, and nothing decides: nobody's name is shown, and no entry is in a merged section."
  UNDECIDED
}

"A patient that a search found: enough to choose by, and no record."
type PatientMatch {
  "The NHS number now in force: ten digits, no spaces."
  nhsNumber: ID!
  "Who says that this is the patient: where nothing decides, the name and all that follows are null."
  identity: PatientIdentity!
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
  server: ID
}

interface Participant {
  code: ID!
  name: String!
  kind: ParticipantKind!
  participation: Participation!
  shares: [SharedSection!]!
}`
