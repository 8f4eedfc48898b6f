import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AccessEvent } from '../../gateway/audit/entries.ts'
import { type RecordingProxy, startRecordingProxy } from '../support/recording-proxy.ts'
import { startSystem, type TestSystem } from '../support/system.ts'

const ADA = '9990000018'

let system: TestSystem
const recording: RecordingProxy[] = []

beforeAll(async () => {
  system = await startSystem({
    stories: ['ada'],
    async urlOf(_code, url) {
      const proxy = await startRecordingProxy(url)
      recording.push(proxy)
      return proxy.url
    },
  })
}, 60_000)

afterAll(async () => {
  await system?.close()
  for (const proxy of recording) await proxy.close()
})

/** Everything that the sources were asked about a patient since the last look. */
const takeQueries = () =>
  recording.flatMap((proxy) => proxy.takeQueries()).filter((query) => query.includes('_entities'))

const ofAda = (selection: string) => `{ patient(nhsNumber: "${ADA}") { ${selection} } }`

/** Was answered 200, with every source of the patient INCOMPLETE: a client's mistake as broken sources. */
describe('a mistake in an argument', () => {
  it.each([
    ['medications(since: "yesterday") { status }', 'since'],
    ['medications(since: "2026-07-01", until: "2025-07-01") { status }', 'until'],
    ['medications(codes: []) { status }', 'codes'],
    ['allergies { status } testResults(first: 0) { status }', 'first'],
    ['carePlans(after: "9990000018") { status }', 'after'],
    ['timeline(since: "2026-13") { isComplete }', 'since'],
    ['timeline(sections: []) { isComplete }', 'sections'],
    ['records { safetyAlerts(status: []) { status } }', 'status'],
    ['records { ... on SelRecord { documents(until: "") { status } } }', 'until'],
  ])('is the whole answer, and nobody is asked: %s', async (selection, argument) => {
    takeQueries()
    const { status, data, errors, extensions } = await system.ask(ofAda(selection))
    expect({ status, data, extensions }).toEqual({
      status: 400,
      data: undefined,
      extensions: undefined,
    })
    expect(errors?.map((error) => error.extensions)).toEqual([{ code: 'BAD_USER_INPUT', argument }])
    expect(takeQueries()).toEqual([])
  })

  it('is found in variables, and told with its place', async () => {
    const query = `query ($from: DateTime) { ada: patient(nhsNumber: "${ADA}") {
      recent: medications(since: $from) { status } } }`
    const { status, errors } = await system.ask(query, { variables: { from: 'last week' } })
    expect(status).toBe(400)
    expect(errors).toEqual([
      {
        message:
          "Argument 'since' must be a date or, with its offset from UTC, a moment in ISO 8601.",
        locations: [{ line: 2, column: 27 }],
        path: ['ada', 'recent'],
        extensions: { code: 'BAD_USER_INPUT', argument: 'since' },
      },
    ])
    const right = await system.ask(query, { variables: { from: '2025' } })
    expect(right.errors).toBeUndefined()
  })

  it('is written down as a refusal, after which nobody was looked up', async () => {
    const requestId = 'unusable-argument'
    await system.ask(ofAda('medications(codes: []) { status }'), {
      headers: { 'x-request-id': requestId },
    })
    const { rows } = await sql<{ body: AccessEvent }>`
      select body from audit_entry where kind = 'ACCESS' and body ->> 'requestId' = ${requestId}
    `.execute(system.audit.owner)
    expect(rows.map(({ body }) => [body.refusal, body.requestedNhsNumber, body.grounds])).toEqual([
      ['BAD_USER_INPUT', ADA, null],
    ])
  })

  it('is not told to who is not signed in', async () => {
    const { status, errors } = await system.ask(ofAda('medications(codes: []) { status }'), {
      as: null,
    })
    expect(status).toBe(401)
    expect(errors?.map(({ extensions }) => extensions?.code)).toEqual(['UNAUTHENTICATED'])
  })
})
