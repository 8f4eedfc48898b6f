import {
  astFromValue,
  type ConstDirectiveNode,
  extendSchema,
  type FieldDefinitionNode,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLSchema,
  getNamedType,
  type InputValueDefinitionNode,
  isInterfaceType,
  isObjectType,
  Kind,
  parse,
  parseConstValue,
  parseType,
  print,
  type StringValueNode,
} from 'graphql'
import { CARE_RECORD, modelOf, PATIENT } from './model.ts'
import { CARE_ITEM } from './timeline/names.ts'
import { timelineTypes } from './timeline/timeline-schema.ts'

const SOURCE_TYPES = parse(`
"What one participant contributed to this answer."
type Source {
  "Who it is."
  participant: SourceParticipant!
  "Whether it answered, and if not, why."
  outcome: SourceOutcome!
  "When anything in its record of the patient last changed; null when it gave no record."
  asOf: DateTime
  "How long it took to answer, in milliseconds; null when it was not asked."
  latencyMs: Int
  """
  The sections that it shares of nobody, whoever the patient is: nothing may be concluded from their being empty. Empty
  for who publishes no records.
  """
  notShared: [TimelineSection!]!
}

"A participant, as the list of sources names it."
type SourceParticipant {
  "The participant's short code, such as \`nel\`."
  code: ID!
  "The participant's name."
  name: String!
  "Whether this is a regional exchange or a single trust."
  kind: ParticipantKind!
}

"What came of asking a participant about the patient."
enum SourceOutcome {
  "It answered: what it knows is in this answer."
  ANSWERED
  """
  It answered, but a part of its answer could not be used, a part of what it holds cannot be shown, or it shares one of
  the sections that were asked for of nobody: the sections say which. Or it keeps the records of several systems apart, since they may be of different people, and one
  of them is not surely the patient's.
  """
  INCOMPLETE
  "It holds no record of this patient."
  NO_RECORD
  "It did not answer in time: what it knows is missing here."
  TIMED_OUT
  "It could not answer: what it knows is missing here."
  FAILED
  "It holds a record but was not asked: nothing of the record was selected, or it fails at present."
  NOT_ASKED
  "Its answer seemed to be about somebody else and is kept out of this one."
  QUARANTINED
  """
  It answered, but it cannot be told whether its record is this patient's: sources disagree on who the
  patient is and nothing decides, or the record has no date of birth or name. It stands in \`records\`, under
  its own name and date of birth, and in no merged section.
  """
  IDENTITY_UNCONFIRMED
  "It publishes no patient records."
  NOT_A_CONTRIBUTOR
}
`)

/**
 * The schema that clients see: the supergraph's, with every section of CareRecord as a merged field
 * of Patient, the timeline of them all, and the list of sources.
 *
 * @throws Error when a section is not of the contract's shape and could not be merged
 */
export function extendWithMergedRecord(apiSchema: GraphQLSchema): GraphQLSchema {
  const record = apiSchema.getType(CARE_RECORD)
  if (!isInterfaceType(record)) throw new Error(`The schema has no interface ${CARE_RECORD}`)
  const sections = [...modelOf(apiSchema).sections.keys()].flatMap((name) => {
    const field = record.getFields()[name]
    return field ? [field] : []
  })
  for (const section of sections) requireContract(apiSchema, section)
  return extendSchema(apiSchema, {
    kind: Kind.DOCUMENT,
    definitions: [
      ...SOURCE_TYPES.definitions,
      ...timelineTypes(sections.map(({ name }) => name)).definitions,
      {
        kind: Kind.OBJECT_TYPE_EXTENSION,
        name: nameNode(PATIENT),
        fields: [...sections.map(toDefinition), SOURCES_FIELD],
      },
    ],
  })
}

const SOURCES_FIELD: FieldDefinitionNode = {
  kind: Kind.FIELD_DEFINITION,
  description: descriptionNode(
    'Every participant, and what came of asking it: read this before concluding that nothing is known.',
  ),
  name: nameNode('sources'),
  type: parseType('[Source!]!'),
}

const CONNECTION_FIELDS =
  'nodes edges pageInfo status statedNoneKnown isComplete missingSources notUnderstood notShared conflicts'
    .split(' ')
    .sort()

function requireContract(schema: GraphQLSchema, section: GraphQLField<unknown, unknown>): void {
  const type = getNamedType(section.type)
  const fields = isObjectType(type) ? Object.keys(type.getFields()).sort() : []
  const pages = ['first', 'after'].every((arg) => section.args.some(({ name }) => name === arg))
  const entry = schema.getType(modelOf(schema).sections.get(section.name)?.entryType ?? '')
  const isCareItem =
    isObjectType(entry) && entry.getInterfaces().some(({ name }) => name === CARE_ITEM)
  if (pages && isCareItem && fields.join() === CONNECTION_FIELDS.join()) return
  throw new Error(`The section ${section.name} cannot be merged: it is not a contract's connection`)
}

function toDefinition(field: GraphQLField<unknown, unknown>): FieldDefinitionNode {
  return {
    kind: Kind.FIELD_DEFINITION,
    ...described(field),
    name: nameNode(field.name),
    arguments: field.args.map(toArgument),
    type: parseType(String(field.type)),
    directives: deprecated(field),
  }
}

function toArgument(arg: GraphQLArgument): InputValueDefinitionNode {
  const value = arg.defaultValue === undefined ? null : astFromValue(arg.defaultValue, arg.type)
  return {
    kind: Kind.INPUT_VALUE_DEFINITION,
    ...described(arg),
    name: nameNode(arg.name),
    type: parseType(String(arg.type)),
    ...(value && { defaultValue: parseConstValue(print(value)) }),
    directives: deprecated(arg),
  }
}

type Described = { readonly description?: string | null | undefined }

function described({ description }: Described): { readonly description?: StringValueNode } {
  return description ? { description: descriptionNode(description) } : {}
}

function deprecated(of: { readonly deprecationReason?: string | null | undefined }) {
  if (!of.deprecationReason) return []
  const directive: ConstDirectiveNode = {
    kind: Kind.DIRECTIVE,
    name: nameNode('deprecated'),
    arguments: [
      {
        kind: Kind.ARGUMENT,
        name: nameNode('reason'),
        value: { kind: Kind.STRING, value: of.deprecationReason },
      },
    ],
  }
  return [directive]
}

function descriptionNode(value: string): StringValueNode {
  return { kind: Kind.STRING, value, block: true }
}

function nameNode(value: string) {
  return { kind: Kind.NAME, value } as const
}
