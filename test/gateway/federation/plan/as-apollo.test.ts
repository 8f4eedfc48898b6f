import { ApolloGateway } from '@apollo/gateway'
import { type DocumentNode, type GraphQLError, parse, validate } from 'graphql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createApolloExecutor } from '../../../../gateway/federation/apollo-executor.ts'
import type { FederatedResult } from '../../../../gateway/federation/types.ts'
import { composeSmallFederation, smallSource } from './small-federation.ts'

type Executor = Awaited<ReturnType<typeof createApolloExecutor>>
type ApolloExecutor = Awaited<ReturnType<ApolloGateway['load']>>['executor']

const CALL = {
  signal: new AbortController().signal,
  deadlineAt: Infinity,
  permitted: Promise.resolve(),
  local: null,
}
const VARIABLES = { id: 'p1', yes: true, no: false }

let executor: Executor
let apollo: ApolloGateway
let apolloExecutor: ApolloExecutor

beforeAll(async () => {
  process.env['APOLLO_TELEMETRY_DISABLED'] = 'true'
  const supergraphSdl = composeSmallFederation()
  executor = await createApolloExecutor({
    supergraphSdl,
    sourceFor: ({ name }) => smallSource(name),
  })
  const logger = { debug() {}, info() {}, warn() {}, error() {} }
  apollo = new ApolloGateway({
    supergraphSdl,
    logger,
    buildService: ({ name }) => ({
      async process({ request: { query = '', variables = {}, operationName } }) {
        const { data, errors } = await smallSource(name).ask({
          query,
          variables,
          call: { ...CALL, headers: () => ({}) },
          path: [],
          ...(operationName && { operationName }),
        })
        return { data, ...(errors.length > 0 && { errors: errors as never }) }
      },
    }),
  })
  const loaded = await apollo.load({ apollo: {} } as Parameters<ApolloGateway['load']>[0])
  apolloExecutor = loaded.executor
})

afterAll(async () => {
  await executor.close()
  await apollo.stop()
})

function ours(text: string, variables = {}): Promise<FederatedResult> {
  const document = parse(text)
  expect(validate(executor.schema, document)).toEqual([])
  return executor.execute({
    document,
    documentKey: text,
    variables: { ...VARIABLES, ...variables },
    call: { ...CALL, headers: () => ({}) },
  })
}

async function apollos(text: string) {
  const document: DocumentNode = parse(text)
  const result = await apolloExecutor({
    request: { variables: VARIABLES },
    document,
    queryHash: text,
    schema: executor.schema,
    context: {},
    logger: { debug() {}, info() {}, warn() {}, error() {} },
    metrics: {},
  } as unknown as Parameters<ApolloExecutor>[0])
  const broken = result.extensions?.['valueCompletion'] as readonly GraphQLError[] | undefined
  return { data: result.data ?? null, errors: result.errors ?? [], broken: broken ?? [] }
}

const OF_RECORDS = 'records { id title items(first: 1) { code note tags } }'

const OPERATIONS: Readonly<Record<string, string>> = {
  'one source': '{ person(id: "p1") { name mood weight } }',
  'an order of its own, and names of its own':
    '{ person(id: "p1") { weight n: name __typename t: __typename id } }',
  nobody: '{ nobody { name } person(id: "none") { records { title } } }',
  'records of three sources': `{ person(id: "p1") { ${OF_RECORDS} } }`,
  'many people': `{ people { name friends { name friends { id isHeavy } } ${OF_RECORDS} } }`,
  'one record by itself': '{ people { first { __typename id title } } }',
  'fragments that overlap': `query Q { person(id: "p1") { ...F records { id ...R } } }
    fragment F on Person { records { title ... on BRecord { owner { name } } } name }
    fragment R on Record { __typename items { code } ... on ARecord { items { note } strict { code } } }`,
  'a field that needs another source': '{ people { isHeavy } }',
  'a part of one object from each of two sources': '{ people { address { town street } } }',
  'a union': '{ found { __typename ... on Person { name isHeavy } ... on Place { name size } } }',
  'several sources at the root': '{ places { name size } people { id } }',
  'back to where it came from':
    '{ person(id: "p1") { records { ... on BRecord { owner { name nick } } } } }',
  'conditions that hold': `query Q($yes: Boolean!, $no: Boolean = true) { person(id: "p1") {
    records @include(if: $yes) { title items @skip(if: $no) { code } } nick @skip(if: $no) } }`,
  'conditions that do not': `query Q($yes: Boolean!, $no: Boolean!) { person(id: "p1") {
    records @skip(if: $yes) { title } ... @include(if: $no) { isHeavy } name } }`,
  'a condition on a whole source': `query Q($no: Boolean!) { people { name isHeavy @include(if: $no) } }`,
  variables:
    'query Q($id: ID!, $first: Int = 3) { person(id: $id) { records { items(first: $first) { code } } } }',
  'an empty list': '{ person(id: "p3") { name records { title } } }',
  'a source that fails in one record': '{ person(id: "p2") { records { id title } } }',
  'null where none may be, in a list':
    '{ people { records { ... on ARecord { id strict { code } } } } }',
  'null where none may be, at the root': '{ broken { name } people { id } }',
  'a record of a hidden type': '{ hidden { id title } }',
  'changes, one after the other': `mutation M { a: rename(id: "p1", name: "Eve") { name isHeavy }
    b: again(id: "p2") { records { title } } }`,
  'nothing at all': '{ __typename }',
}

describe('An operation answered over several sources is what Apollo Gateway makes of it:', () => {
  it.each(Object.entries(OPERATIONS))('%s', async (_name, text) => {
    const [own, theirs] = await Promise.all([ours(text), apollos(text)])
    expect(JSON.stringify(own.data)).toBe(JSON.stringify(theirs.data))
    const told = theirs.errors.length > 0 ? theirs.errors : theirs.broken
    expect(own.errors.length).toBe(told.length)
    if (theirs.errors.length === 0) {
      expect(own.errors.map(({ path }) => path)).toEqual(told.map(({ path }) => path))
    }
  })
})

describe('What went wrong is told where it belongs:', () => {
  it('an error of an entity, at the place of that entity in the answer', async () => {
    const { errors } = await ours('{ people { id records { title } } }')
    expect(errors.map(({ message, path, extensions }) => ({ message, path, extensions }))).toEqual([
      {
        message: 'it failed',
        path: ['people', 1, 'records', 3, 'title'],
        extensions: { code: 'FAILED' },
      },
    ])
  })

  it('a value that may not be null, with the code of a failed source', async () => {
    const { data, errors } = await ours('{ hidden { id } }')
    expect(data).toEqual({ hidden: [null, { id: 'A-p1' }] })
    expect(errors.map(({ path, extensions }) => ({ path, extensions }))).toEqual([
      { path: ['hidden', 0], extensions: { code: 'SOURCE_FAILED' } },
    ])
  })

  it('every call, with where its data belong', async () => {
    const { calls } = await ours('{ person(id: "p1") { records { title } } }')
    const places = calls.map(({ source, path }) => `${source} ${path.join('.')}`)
    expect(places.sort()).toEqual(['a person.records.@', 'b person.records.@', 'people '])
  })
})

it('plans an operation ahead, and refuses one that the schema does not know', () => {
  const prepare = (text: string) => executor.prepare({ document: parse(text), documentKey: text })
  expect(() => prepare('{ people { isHeavy } }')).not.toThrow()
  expect(() => prepare('{ strangers { name } }')).toThrow('strangers')
})
