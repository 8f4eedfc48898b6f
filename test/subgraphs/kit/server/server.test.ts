import { Writable } from 'node:stream'
import { parse } from 'graphql'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { createSubgraph } from '../../../../subgraphs/kit/create-subgraph.ts'
import { startSubgraph } from '../../../../subgraphs/kit/start-subgraph.ts'
import { participant } from '../../../../subgraphs/nel/participant.ts'
import { createDatabase } from '../../../support/postgres.ts'
import { createTestSigner, type TestSigner } from '../test-signer.ts'
import { putItem, putPatient } from '../test-store.ts'
import { createTestSubgraph, type TestSubgraph } from '../test-subgraph.ts'

const ADA = '9990000018'

describe('A fault', () => {
  let subgraph: TestSubgraph

  afterEach(() => subgraph.close())

  it('is told to the caller without a word of SQL, value or stack, and logged once', async () => {
    const log = createLog()
    subgraph = await createTestSubgraph({ logger: { level: 'info', stream: log.stream } })
    await putPatient(subgraph.db, ADA)
    await putItem(subgraph.db, ADA, 'a', { item: { verificationStatus: 'SMITH 9990000018' } })

    for (const _ of ['interpreted', 'compiled', 'compiled again']) {
      log.lines.length = 0
      const { record, errors } = await subgraph.askRecord(
        ADA,
        'allergies { nodes { verificationStatus } }',
      )

      expect(record).toEqual({ allergies: null })
      expect(errors).toEqual([
        {
          message: 'This subgraph cannot answer at present.',
          locations: expect.any(Array),
          path: ['_entities', 0, 'allergies', 'nodes', 0, 'verificationStatus'],
          extensions: { code: 'INTERNAL_SERVER_ERROR' },
        },
      ])
      expect(log.lines.length).toBe(1)
      expect(log.lines.join()).not.toMatch(/SMITH|999000/)
      expect(log.lines.join()).toContain('verificationStatus')
    }
  })

  it('of the database fails the record, not the process', async () => {
    const log = createLog()
    subgraph = await createTestSubgraph({ logger: { level: 'info', stream: log.stream } })
    await subgraph.db.schema.dropTable('item').execute()

    const { data, errors } = await subgraph.askRecord(ADA, 'asOf allergies { status }')

    expect(data).toEqual({ _entities: [null] })
    expect(errors?.map(({ extensions }) => extensions?.['code'])).toEqual(['INTERNAL_SERVER_ERROR'])
    expect(log.lines.length).toBe(1)
    expect(JSON.parse(log.lines[0] ?? '').fault).toMatchObject({ code: '42P01' })
    expect((await subgraph.server.inject('/health/live')).statusCode).toBe(200)
    expect((await subgraph.server.inject('/health/ready')).statusCode).toBe(503)
  })
})

describe('A request', () => {
  let subgraph: TestSubgraph
  let signer: TestSigner

  beforeAll(async () => {
    signer = await createTestSigner()
    subgraph = await createTestSubgraph({ signer })
  })

  afterAll(() => subgraph.close())

  it.each([
    ['that does not parse', '{ allergies(', 'GRAPHQL_PARSE_FAILED'],
    ['that holds nothing', '{ }', 'GRAPHQL_PARSE_FAILED'],
    [
      'that was parsed already',
      JSON.stringify(parse('{ __typename }', { noLocation: true })),
      'GRAPHQL_PARSE_FAILED',
    ],
    ['that would change something', 'mutation { nothing }', 'GRAPHQL_VALIDATION_FAILED'],
    ['for a field that does not exist', '{ nothing }', 'GRAPHQL_VALIDATION_FAILED'],
    [
      'with two operations',
      'query A { __typename } query B { __typename }',
      'GRAPHQL_VALIDATION_FAILED',
    ],
    ['deeper than the contract', deep(30), 'GRAPHQL_VALIDATION_FAILED'],
    [
      'of more tokens than the contract has fields',
      `{ ${'a: __typename '.repeat(6000)} }`,
      'GRAPHQL_PARSE_FAILED',
    ],
    [
      'with words where a number belongs',
      '{ nelFeed(first: "SMITH") { hasMore } }',
      'GRAPHQL_VALIDATION_FAILED',
    ],
  ])('%s is refused with 400', async (_what, query, code) => {
    const { status, errors } = await subgraph.ask(query)

    expect(status).toBe(400)
    expect(errors?.map(({ extensions }) => extensions?.['code'])).toEqual([code])
    expect(JSON.stringify(errors)).not.toContain('SMITH')
  })

  it('says which field does not exist', async () => {
    const { errors } = await subgraph.ask('{ nothing }')

    expect(errors?.[0]?.message).toBe('Cannot query field "nothing" on type "Query".')
  })

  it('comes by POST, one at a time, in JSON, and of a sane size', async () => {
    const authorization = await signer.sign({ participant: 'nel' })
    const headers = { authorization, 'content-type': 'application/json' }
    const query = '{ __typename }'
    const send = async (request: object) => {
      const answer = await subgraph.server.inject({
        method: 'POST',
        url: '/graphql',
        headers,
        ...request,
      })
      return answer.statusCode
    }

    expect(await send({ payload: { query } })).toBe(200)
    expect(await send({ method: 'GET', url: `/graphql?query=${query}` })).toBe(404)
    expect(await send({ payload: [{ query }, { query }] })).toBe(400)
    expect(await send({ payload: '{' })).toBe(400)
    expect(await send({ payload: { query: 1 } })).toBe(400)
    expect(await send({ payload: { query, variables: [] } })).toBe(400)
    expect(
      await send({ payload: query, headers: { authorization, 'content-type': 'text/xml' } }),
    ).toBe(415)
    expect(await send({ payload: { query: ' '.repeat(300_000) } })).toBe(413)
  })
})

describe('The service', () => {
  let subgraph: TestSubgraph

  beforeAll(async () => {
    subgraph = await createTestSubgraph()
  })

  afterAll(() => subgraph.close())

  it('tells how many patients and entries it shows', async () => {
    await putPatient(subgraph.db, ADA)
    await putItem(subgraph.db, ADA, 'a')
    await putItem(subgraph.db, ADA, 'restricted', { is_restricted: true })
    await putItem(subgraph.db, ADA, 'none', { is_none_known: true })
    await putPatient(subgraph.db, '9990000026')
    await putItem(subgraph.db, '9990000026', 'r', { is_restricted: true })

    const { data } = await subgraph.ask(`{
      _entities(representations: [{ __typename: "Nel", code: "nel" }]) {
        ... on Nel { service { status asOf patients items } }
      }
    }`)

    expect(data._entities[0].service).toEqual({
      status: 'UP',
      asOf: '2026-01-02T03:04:05.000Z',
      patients: 1,
      items: 1,
    })
  })

  it('answers health checks to anybody, and nothing else', async () => {
    const paths = ['/health/live', '/health/ready', '/', '/graphql', '/health/other']
    const answers = await Promise.all(paths.map((path) => subgraph.server.inject(path)))

    expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200, 401, 401, 401])
  })

  it('does not start without its database or on a taken port, and leaves nothing open', async () => {
    const signer = await createTestSigner()
    const database = await createDatabase()
    const options = { participant, gatewayKeys: signer.keys, databaseUrl: database.url }
    const running = await startSubgraph(options)
    const port = Number(new URL(running.url).port)

    await expect(startSubgraph({ ...options, port })).rejects.toMatchObject({ code: 'EADDRINUSE' })
    await running.close()
    await database.drop()
    await expect(createSubgraph(options)).rejects.toThrow()
  })
})

function deep(levels: number): string {
  return `{ _entities(representations: []) { ... on NelRecord ${'{ allergies { nodes { provenance { organisation '.repeat(levels)}{ name }${' } } } }'.repeat(levels)} } }`
}

function createLog() {
  const lines: string[] = []
  const stream = new Writable({
    write(line, _encoding, done) {
      lines.push(String(line))
      done()
    },
  })
  return { lines, stream }
}
