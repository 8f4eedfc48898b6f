import {
  type DefinitionNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type InterfaceTypeDefinitionNode,
  Kind,
  parse,
  print,
} from 'graphql'
import type { Participant } from '../participant.ts'
import { SHAREABLE, sharedDefinitions } from './contract.ts'

/** The Federation version that every subgraph of the graph is written in. */
export const FEDERATION_LINK =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.7", import: ["@key", "@shareable", "@inaccessible"])'

/** The name of a participant's own type: `nel` → `Nel`. */
export function participantTypeName(code: string): string {
  return code.charAt(0).toUpperCase() + code.slice(1)
}

/** The name of a participant's record type: `nel` → `NelRecord`. */
export function recordTypeName(code: string): string {
  return `${participantTypeName(code)}Record`
}

/** True when a participant publishes records of patients. */
export function isContributor(participant: Pick<Participant, 'participation'>): boolean {
  return participant.participation !== 'VIEW_ONLY'
}

/**
 * The schema that a participant publishes: who it is, its feed for the index and, when it
 * contributes, the contract with its own record type and whatever it adds to it.
 */
export function participantSdl(participant: Participant, contract: DocumentNode): string {
  return `${print(participantDocument(participant, contract))}\n`
}

/** The same as a syntax tree: what a subgraph builds its executable schema from. */
export function participantDocument(
  participant: Participant,
  contract: DocumentNode,
): DocumentNode {
  const { code, name, extension } = participant
  const type = participantTypeName(code)
  const isWanted = (node: DefinitionNode) =>
    isContributor(participant) || IDENTITY_TYPES.has(nameOf(node))
  const definitions = [
    ...definitionsOf(FEDERATION_LINK),
    ...definitionsOf(`type Query {
  "Changes of patients since a cursor, for the index alone."
  ${code}Feed(after: String, first: Int = 500): PatientFeed! @inaccessible
}`),
    ...definitionsOf(FEED_TYPES),
    withFields(
      `${described(`${name}.`)}\ntype ${type} implements Participant @key(fields: "code")`,
      interfaceFields(contract, 'Participant', (field) => INDEX_FIELDS.has(field)),
    ),
    ...(isContributor(participant)
      ? [
          withFields(
            `${described(`What ${name} knows about a patient.`)}
type ${recordTypeName(code)} implements CareRecord @key(fields: "nhsNumber server")`,
            interfaceFields(contract, 'CareRecord'),
          ),
          ...(extension ? definitionsOf(extension.sdl) : []),
        ]
      : []),
    ...sharedDefinitions(contract).filter(isWanted),
  ]
  return { kind: Kind.DOCUMENT, definitions }
}

/** A description, whatever stands in it: a name is somebody's words, and ends no text. */
function described(text: string): string {
  return print({ kind: Kind.STRING, value: text })
}

function definitionsOf(sdl: string): readonly DefinitionNode[] {
  return parse(sdl, { noLocation: true }).definitions
}

/** An object type of that head, with these fields. */
function withFields(head: string, fields: readonly FieldDefinitionNode[]): DefinitionNode {
  const [node] = definitionsOf(head)
  if (node?.kind !== Kind.OBJECT_TYPE_DEFINITION) throw new Error('The head is no object type')
  return { ...node, fields }
}

/** What the index knows of every participant without asking it. */
const INDEX_FIELDS = new Set(['name', 'kind', 'participation', 'shares'])

/** What a participant without records still needs of the contract. */
const IDENTITY_TYPES = new Set([
  'DateTime',
  'Participant',
  'ParticipantKind',
  'Participation',
  'Organisation',
  'OrganisationKind',
  'SharedSection',
  'Timeliness',
  'ContactDetails',
  'ServiceState',
  'ServiceStatus',
  'CircuitState',
  'Demographics',
  'Gender',
  'HumanName',
  'Address',
  'ContactPoint',
  'PatientContact',
  'Concept',
  'Coding',
])

const FEED_TYPES = `"A page of changes."
type PatientFeed @inaccessible @shareable {
  "Patients whose demographics, record or relationships changed, oldest change first."
  changes: [PatientChange!]!
  "Where to go on; null when there never was a change."
  cursor: String
  "Whether there are more."
  hasMore: Boolean!
}

"A patient as a participant knows them now."
type PatientChange @inaccessible @shareable {
  nhsNumber: ID!
  demographics: Demographics
  "Whether the participant holds entries about the patient."
  holdsRecord: Boolean!
  "S-flagged: nothing that gives a location may be shown."
  isSensitive: Boolean!
  "The NHS number that replaced this one."
  supersededBy: ID
  "NHS numbers that this one replaced, as the participant has it: a stated link, or a number marked as old."
  supersedes: [ID!]!
  "When anything in the record last changed."
  asOf: DateTime!
  "RECEIVED, UNDER_REVIEW, UPHELD, NOT_UPHELD or WITHDRAWN; null without an objection to sharing."
  objection: String
  "All of the patient's care relationships: they replace those known before."
  relationships: [CareRelationship!]!
  """
  Each server of the participant for itself, where they may have different people under the number: then
  the change itself names nobody. Empty for everybody else.
  """
  servers: [ServerPatient!]!
}

"A patient as one of the participant's servers knows them now."
type ServerPatient @inaccessible @shareable {
  "The record's key at the participant, beside the NHS number."
  server: ID!
  demographics: Demographics
  "Whether entries about the patient stand there."
  holdsRecord: Boolean!
  "S-flagged there: nothing that gives a location may be shown."
  isSensitive: Boolean!
  "The NHS number that replaced this one."
  supersededBy: ID
  "NHS numbers that this one replaced."
  supersedes: [ID!]!
}

"Evidence that an organisation cares for a patient."
type CareRelationship @inaccessible @shareable {
  odsCode: ID!
  "GP_REGISTRATION, REFERRAL, APPOINTMENT, ATTENDANCE, ADMISSION or CASELOAD."
  kind: String!
  startsAt: DateTime
  "Null while it is open."
  endsAt: DateTime
  "The resource that shows it."
  evidence: String!
  "The ODS code of the organisation that referred; null where none is named, and for every other kind."
  referrer: ID
  "When the resource that shows it was last changed, as its source dates it: the later of two registrations counts."
  recordedAt: DateTime
}`

function nameOf(node: object): string {
  return (node as { name?: { value: string } }).name?.value ?? ''
}

function interfaceFields(
  contract: DocumentNode,
  name: string,
  isShareable: (field: string) => boolean = () => false,
): FieldDefinitionNode[] {
  const node = contract.definitions.find(
    (definition): definition is InterfaceTypeDefinitionNode =>
      definition.kind === Kind.INTERFACE_TYPE_DEFINITION && definition.name.value === name,
  )
  if (!node?.fields) throw new Error(`The contract has no interface ${name}`)
  return node.fields.map((field) => ({
    ...field,
    directives: isShareable(field.name.value) ? [SHAREABLE] : [],
  }))
}
