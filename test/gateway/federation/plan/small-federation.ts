import { composeServices } from '@apollo/composition'
import { buildSubgraphSchema } from '@apollo/subgraph'
import { type DocumentNode, execute, type GraphQLSchema, parse } from 'graphql'
import type { FederatedSource } from '../../../../gateway/federation/apollo-executor.ts'

type Json = Record<string, unknown>

const LINK =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@external", "@requires", "@shareable", "@inaccessible"])'

/** People, and stubs of the records that others hold of them; one holder is nobody's business. */
const people = `${LINK}
  type Query {
    person(id: ID!): Person
    people: [Person!]!
    found: [Found]
    broken: Person!
    nobody: Person
    hidden: [Record]
  }
  type Mutation { rename(id: ID!, name: String!): Person! again(id: ID!): Person! }
  union Found = Person | Place
  type Place @key(fields: "name") { name: String! @shareable }
  enum Mood { CALM WILD SECRET @inaccessible }
  type Person @key(fields: "id") {
    id: ID! name: String! nick: String weight: Int mood: Mood friends: [Person]
    records: [Record!]! first: Record address: Address @shareable
  }
  type Address @shareable { town: String }
  interface Record { id: ID! }
  type ARecord implements Record @key(fields: "id") { id: ID! }
  type BRecord implements Record @key(fields: "id") { id: ID! }
  type CRecord implements Record @key(fields: "id") { id: ID! }
  type SecretRecord implements Record @key(fields: "id") @inaccessible { id: ID! }`

/** Two kinds of records, whose titles are of types that clash within one call. */
const a = `${LINK}
  type Query { places: [Place!]! }
  type Place @key(fields: "name") { name: String! @shareable size: Float }
  interface Record { id: ID! title: String items(first: Int): [Item!] }
  type Item @shareable { code: String! note: String tags: [[String!]] }
  type ARecord implements Record @key(fields: "id") {
    id: ID! title: String! items(first: Int): [Item!] strict: [Item!]! }
  type CRecord implements Record @key(fields: "id") {
    id: ID! title: String items(first: Int): [Item!] }
  type Person @key(fields: "id") {
    id: ID! weight: Int @external isHeavy: Boolean @requires(fields: "weight")
    address: Address @shareable }
  type Address @shareable { town: String street: String }`

const b = `${LINK}
  interface Record { id: ID! title: String items(first: Int): [Item!] }
  type Item @shareable { code: String! note: String tags: [[String!]] }
  type BRecord implements Record @key(fields: "id") {
    id: ID! title: String items(first: Int): [Item!] owner: Person }
  type SecretRecord implements Record @key(fields: "id") @inaccessible {
    id: ID! title: String items(first: Int): [Item!] }
  type Person @key(fields: "id", resolvable: false) { id: ID! }`

const names: Record<string, string> = { p1: 'Ada', p2: 'Ben', p3: 'Cy' }

function person(id: string): Json {
  const records = ['A', 'B', 'C'].map((kind) => ({
    __typename: `${kind}Record`,
    id: `${kind}-${id}`,
  }))
  return {
    __typename: 'Person',
    id,
    name: () => names[id] ?? null,
    nick: id === 'p2' ? null : `nick of ${id}`,
    weight: id === 'p1' ? 40 : 90,
    mood: id === 'p1' ? 'CALM' : 'WILD',
    friends: () => [id === 'p1' ? person('p2') : null, person('p3')],
    records: id === 'p3' ? [] : [...records, { __typename: 'BRecord', id: `B2-${id}` }],
    first: records[1],
    address: { town: `town of ${id}` },
  }
}

function items({ id }: { id: string }, { first = 2 }: { first?: number | null }): Json[] {
  return Array.from({ length: first ?? 2 }, (_, place) => ({
    code: `${id}/${place}`,
    note: place === 0 ? null : 'a note',
    tags: [['x', 'y'], null, []],
  }))
}

const reference = (type: string) => ({
  __resolveReference: (given: Json) => (String(given['id']).endsWith('gone') ? null : given),
  __typename: () => type,
})

const record = (type: string) => ({
  ...reference(type),
  items,
  title: ({ id }: { id: string }) => {
    if (id === 'B2-p2') throw new Error('it failed')
    return id === 'C-p1' ? null : `title of ${id}`
  },
})

const resolvers: Readonly<Record<string, Json>> = {
  people: {
    Query: {
      person: (_: unknown, { id }: { id: string }) => (names[id] ? person(id) : null),
      people: () => ['p1', 'p2', 'p3'].map(person),
      found: () => [{ __typename: 'Place', name: 'Barts' }, null, person('p2')],
      broken: () => null,
      nobody: () => null,
      hidden: () => [
        { __typename: 'SecretRecord', id: 's' },
        { __typename: 'ARecord', id: 'A-p1' },
      ],
    },
    Mutation: {
      rename: (_: unknown, { id, name }: { id: string; name: string }) => ({ ...person(id), name }),
      again: (_: unknown, { id }: { id: string }) => person(id),
    },
    Person: { __resolveReference: ({ id }: { id: string }) => person(id) },
  },
  a: {
    Query: { places: () => [{ name: 'Barts', size: 1.5 }] },
    Place: { __resolveReference: ({ name }: Json) => ({ name, size: 2 }) },
    ARecord: {
      ...record('ARecord'),
      strict: ({ id }: { id: string }) => (id === 'A-p2' ? [{ code: null }] : [{ code: 'ok' }]),
    },
    CRecord: record('CRecord'),
    Person: {
      __resolveReference: (given: Json) => given,
      isHeavy: ({ weight }: { weight: number }) => weight > 80,
      address: ({ id }: { id: string }) => ({ town: `town of ${id}`, street: 'Main' }),
    },
  },
  b: {
    BRecord: {
      ...record('BRecord'),
      owner: ({ id }: { id: string }) => ({ id: id.split('-')[1] }),
    },
    SecretRecord: record('SecretRecord'),
  },
}

const subgraphs = { people, a, b }

/** Three subgraphs composed, as an example of everything that a plan can hold. */
export function composeSmallFederation(): string {
  const services = Object.entries(subgraphs).map(([name, sdl]) => ({
    name,
    typeDefs: parse(sdl),
    url: `http://${name}`,
  }))
  const { errors, supergraphSdl } = composeServices(services)
  if (!supergraphSdl) throw new AggregateError(errors ?? [], errors?.map(String).join('\n'))
  return supergraphSdl
}

const schemas = new Map<string, GraphQLSchema>(
  Object.entries(subgraphs).map(([name, sdl]) => [
    name,
    buildSubgraphSchema({ typeDefs: parse(sdl), resolvers: resolvers[name] as never }),
  ]),
)

/** One of the subgraphs, run in this process. */
export function smallSource(name: string): FederatedSource {
  const schema = schemas.get(name)
  if (!schema) throw new Error(`There is no subgraph ${name}`)
  const documents = new Map<string, DocumentNode>()
  return {
    name,
    async ask({ query, operationName, variables, path }) {
      const document = documents.get(query) ?? parse(query)
      documents.set(query, document)
      const { data, errors = [] } = await execute({
        schema,
        document,
        variableValues: variables,
        operationName: operationName ?? null,
      })
      return {
        // As it comes over the network.
        data: JSON.parse(JSON.stringify(data ?? null)),
        errors: errors.map((error) => ({
          message: error.message,
          path: error.path,
          extensions: { code: 'FAILED' },
        })),
        calls: [{ source: name, path, outcome: 'ANSWERED', latencyMs: 1 }],
      }
    },
    close: async () => {},
  }
}
