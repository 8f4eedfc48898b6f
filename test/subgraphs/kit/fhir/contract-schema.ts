import { readFileSync } from 'node:fs'
import { isDeepStrictEqual } from 'node:util'
import {
  buildSchema,
  executeSync,
  type GraphQLObjectType,
  type GraphQLOutputType,
  GraphQLScalarType,
  type GraphQLSchema,
  getNamedType,
  isInterfaceType,
  isObjectType,
  parse,
} from 'graphql'
import { expect } from 'vitest'
import type { MappedItem } from '../../../../subgraphs/kit/fhir/mapping.ts'

const contract = readFileSync(
  new URL('../../../../subgraphs/contract.graphql', import.meta.url),
  'utf8',
)

const nodeTypes = sectionNodeTypes(buildSchema(contract))

/** The contract's sections, as the contract names them. */
export const sectionNames: readonly string[] = [...nodeTypes.keys()]

const schema = strictDates(
  buildSchema(`${contract}
    type Query {
      demographics: Demographics
      ${[...nodeTypes].map(([section, type]) => `${section}: ${type}`).join('\n')}
    }`),
)

/** For each root field, a query that selects everything below it. */
const documents = new Map(
  Object.values(schema.getQueryType()?.getFields() ?? {}).map((field) => [
    field.name,
    parse(`{ ${field.name} ${selectionOf(field.type)} }`),
  ]),
)

/** Serves an entry through graphql-js, every field selected, and expects it back unchanged. */
export function expectInContract(mapped: MappedItem): void {
  expectServed(mapped.section, mapped.item)
}

/** Serves demographics the same way. */
export function expectDemographicsInContract(demographics: object): void {
  expectServed('demographics', demographics)
}

function expectServed(field: string, value: object): void {
  const document = documents.get(field)
  if (!document) throw new Error(`The contract has no ${field}`)
  const answer = executeSync({ schema, document, rootValue: { [field]: value } })
  if (answer.errors) throw answer.errors[0]
  // What GraphQL coerced, added or left out would show as a difference.
  const served: unknown = JSON.parse(JSON.stringify(answer.data?.[field]))
  const stored: unknown = JSON.parse(JSON.stringify(value))
  // Thousands of entries pass here: the matcher, a hundred times slower, only explains a difference.
  if (!isDeepStrictEqual(served, stored)) expect(served).toEqual(stored)
}

function selectionOf(type: GraphQLOutputType): string {
  const named = getNamedType(type)
  if (!isObjectType(named)) return ''
  const fields = Object.values(named.getFields())
  return `{ ${fields.map((field) => `${field.name} ${selectionOf(field.type)}`).join(' ')} }`
}

function sectionNodeTypes(contractSchema: GraphQLSchema): Map<string, string> {
  const record = contractSchema.getType('CareRecord')
  if (!isInterfaceType(record)) throw new Error('The contract has no CareRecord')
  const connections = Object.values(record.getFields()).filter((field) =>
    getNamedType(field.type).name.endsWith('Connection'),
  )
  return new Map(
    connections.map((field) => {
      const connection = getNamedType(field.type) as GraphQLObjectType
      const nodes = connection.getFields()['nodes']
      if (!nodes) throw new Error(`${connection.name} has no nodes`)
      return [field.name, getNamedType(nodes.type).name]
    }),
  )
}

// The contract's own promise about DateTime, which a schema built from text does not enforce.
function strictDates(built: GraphQLSchema): GraphQLSchema {
  const scalar = built.getType('DateTime')
  if (!(scalar instanceof GraphQLScalarType)) throw new Error('The contract has no DateTime')
  scalar.serialize = (value) => {
    if (typeof value === 'string' && /^\d{4}(-\d\d(-\d\d(T\d\d:\d\d.*)?)?)?$/.test(value)) {
      return value
    }
    throw new TypeError('Not a date of the contract')
  }
  return built
}
