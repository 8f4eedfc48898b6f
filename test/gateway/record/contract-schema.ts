import { readFileSync } from 'node:fs'
import {
  buildASTSchema,
  concatAST,
  type DocumentNode,
  type GraphQLSchema,
  getNamedType,
  isInterfaceType,
  Kind,
  type ObjectTypeDefinitionNode,
  parse,
} from 'graphql'

/** The API schema of a small supergraph: the real contract, three sources and an index. */
export function contractSchema(): GraphQLSchema {
  const contract = parse(
    readFileSync(new URL('../../../subgraphs/contract.graphql', import.meta.url), 'utf8'),
  )
  return buildASTSchema(
    concatAST([
      contract,
      ...['NelRecord', 'SelRecord', 'SwlRecord'].map((name) => recordType(contract, name)),
      INDEX,
    ]),
  )
}

const INDEX = parse(`
type Query {
  patient(nhsNumber: ID!): Patient
  patients: [Patient!]!
  found: [Found]!
}

union Found = Patient | Organisation

type Patient {
  nhsNumber: ID!
  name: HumanName
  birthDate: DateTime
  records: [CareRecord!]!
}

extend type SwlRecord {
  "Beyond the contract."
  urgentCarePlan: String
}
`)

function recordType(contract: DocumentNode, name: string): DocumentNode {
  const careRecord = contract.definitions.find(
    (one) => one.kind === Kind.INTERFACE_TYPE_DEFINITION && one.name.value === 'CareRecord',
  )
  if (careRecord?.kind !== Kind.INTERFACE_TYPE_DEFINITION) throw new Error('No CareRecord')
  const definition: ObjectTypeDefinitionNode = {
    kind: Kind.OBJECT_TYPE_DEFINITION,
    name: { kind: Kind.NAME, value: name },
    interfaces: [{ kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: 'CareRecord' } }],
    fields: careRecord.fields ?? [],
  }
  return { kind: Kind.DOCUMENT, definitions: [definition] }
}

/** The names of the contract's sections. */
export function sectionNames(schema: GraphQLSchema): string[] {
  const record = schema.getType('CareRecord')
  if (!isInterfaceType(record)) throw new Error('No CareRecord')
  return Object.values(record.getFields())
    .filter(({ type }) => getNamedType(type).name.endsWith('Connection'))
    .map(({ name }) => name)
}
