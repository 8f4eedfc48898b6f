import { createRequire } from 'node:module'
import { InMemoryCache } from '@apollo/client/cache'
import { Client, fetchExchange } from '@urql/core'
import { cacheExchange } from '@urql/exchange-graphcache'
import {
  type DocumentNode,
  type FieldNode,
  type GraphQLInterfaceType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  introspectionFromSchema,
  isAbstractType,
  isInterfaceType,
  isLeafType,
  isObjectType,
  type SelectionSetNode,
  valueFromASTUntyped,
} from 'graphql'
import { RecordSource } from 'relay-runtime'

/** What Relay's store normalises an answer with: no part of its typed surface. */
const { normalize } = createRequire(import.meta.url)(
  'relay-runtime/lib/store/RelayResponseNormalizer.js',
) as { normalize(...given: unknown[]): unknown }

/** An answer, and what it was asked with. */
export interface Answered {
  readonly document: DocumentNode
  readonly data: object
}

/** Objects by the identity under which a cache keeps them. */
export type Kept = ReadonlyMap<string, Readonly<Record<string, unknown>>>

/** What Apollo Client's cache keeps of one answer that has an identity. */
export function keptByApollo({ document, data }: Answered): Kept {
  const cache = new InMemoryCache()
  cache.write({ query: document, result: data, dataId: 'ROOT_QUERY' })
  return withoutRoots(Object.entries(cache.extract()) as [string, Record<string, unknown>][])
}

/** The same of Relay's. */
export function keptByRelay(schema: GraphQLSchema, { document, data }: Answered): Kept {
  const query = schema.getQueryType()
  const [operation] = document.definitions
  if (operation?.kind !== 'OperationDefinition' || !query) throw new Error('Not an operation')
  const node = { kind: 'Operation', selections: toRelay(schema, query, operation.selectionSet) }
  const source = RecordSource.create()
  source.set('client:root', { __id: 'client:root', __typename: 'Query' })
  normalize(source, { dataID: 'client:root', node, variables: {} }, structuredClone(data), {
    getDataID: ({ id }: { id?: string }) => id,
    treatMissingFieldsAsNull: false,
  })
  return withoutRoots(Object.entries(source.toJSON() as Record<string, Record<string, unknown>>))
}

/** What urql's normalising cache reads of each question once it has taken in all of their answers. */
export async function readBackFromUrql(
  schema: GraphQLSchema,
  all: readonly Answered[],
): Promise<unknown[]> {
  let next: object = {}
  const withoutId = Object.values(schema.getTypeMap()).filter(
    (type) => isObjectType(type) && !('id' in type.getFields()) && !type.name.startsWith('__'),
  )
  const cache = cacheExchange({
    schema: introspectionFromSchema(schema) as never,
    keys: Object.fromEntries(withoutId.map(({ name }) => [name, () => null])),
  })
  const client = new Client({
    url: 'http://127.0.0.1/graphql',
    preferGetMethod: false,
    requestPolicy: 'cache-only',
    exchanges: [cache, fetchExchange],
    fetch: async () =>
      new Response(JSON.stringify({ data: next }), {
        headers: { 'content-type': 'application/json' },
      }),
  })
  for (const { document, data } of all) {
    next = data
    await client.query(document, {}, { requestPolicy: 'network-only' }).toPromise()
  }
  return all.map(({ document }) => client.readQuery(document, {})?.data ?? null)
}

function withoutRoots(all: readonly [string, Record<string, unknown>][]): Kept {
  return new Map(all.filter(([id]) => id !== 'ROOT_QUERY' && !id.startsWith('client:root')))
}

type Parent = GraphQLObjectType | GraphQLInterfaceType

function hasFields(type: unknown): type is Parent {
  return isObjectType(type) || isInterfaceType(type)
}

/** A selection as Relay's compiler writes it. */
function toRelay(
  schema: GraphQLSchema,
  parent: Parent | null,
  { selections }: SelectionSetNode,
): object[] {
  return selections.map((node): object => {
    if (node.kind === 'Field') return toRelayField(schema, parent, node)
    if (node.kind === 'FragmentSpread') throw new Error('Fragments stand in their places')
    const name = node.typeCondition?.name.value ?? ''
    const type = schema.getType(name)
    const own = toRelay(schema, hasFields(type) ? type : null, node.selectionSet)
    return { kind: 'InlineFragment', type: name, abstractKey: null, selections: own }
  })
}

function toRelayField(schema: GraphQLSchema, parent: Parent | null, node: FieldNode): object {
  const name = node.name.value
  const field = parent?.getFields()[name]
  const args = (node.arguments ?? []).map((one) => ({
    kind: 'Literal',
    name: one.name.value,
    value: valueFromASTUntyped(one.value),
  }))
  const shared = { alias: node.alias?.value ?? null, args, name, storageKey: null }
  const type = field && getNamedType(field.type)
  if (!type || isLeafType(type) || !node.selectionSet) return { kind: 'ScalarField', ...shared }
  const own = hasFields(type) ? type : null
  return {
    ...{ kind: 'LinkedField', ...shared, plural: isPlural(field.type) },
    concreteType: isAbstractType(type) ? null : type.name,
    selections: toRelay(schema, own, node.selectionSet),
  }
}

function isPlural(type: GraphQLOutputType): boolean {
  return String(type).includes('[')
}
