import type { AddressInfo } from 'node:net'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventually } from '../../../cli/start/system.ts'
import { createTestSigner, type TestSigner } from '../test-signer.ts'
import { putItem, putPatient } from '../test-store.ts'
import { createTestSubgraph, type TestSubgraph } from '../test-subgraph.ts'

const ADA = '9990000018'

let signer: TestSigner
let subgraph: TestSubgraph
let url: string

beforeAll(async () => {
  signer = await createTestSigner()
  subgraph = await createTestSubgraph({ signer })
  await putPatient(subgraph.db, ADA)
  await putItem(subgraph.db, ADA, 'a')
  await subgraph.server.listen({ port: 0, host: '127.0.0.1' })
  url = `http://127.0.0.1:${(subgraph.server.server.address() as AddressInfo).port}/graphql`
})

afterAll(() => subgraph.close())

async function ask(options: { deadlineMs?: string; signal?: AbortSignal } = {}) {
  const assertion = await signer.sign({ participant: 'nel', nhsNumber: ADA })
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      authorization: assertion,
      'content-type': 'application/json',
      ...(options.deadlineMs !== undefined && { 'x-deadline-ms': options.deadlineMs }),
    },
    body: JSON.stringify({
      query: `query ($r: [_Any!]!) {
        _entities(representations: $r) { ... on NelRecord { allergies { nodes { id } } } }
      }`,
      variables: { r: [{ __typename: 'NelRecord', nhsNumber: ADA }] },
    }),
    // Far longer than any deadline here, shorter than what ends a statement without one.
    signal: options.signal ?? AbortSignal.timeout(20_000),
  })
  return { status: response.status, ...((await response.json()) as Answer) }
}

interface Answer {
  readonly data: { _entities: [{ allergies: { nodes: { id: string }[] } } | null] } | null
  readonly errors?: { extensions: { code: string } }[]
}

/** Statements of the subgraph that wait for a lock of the test's. */
async function waiting(): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock' and state = 'active'
  `.execute(subgraph.db)
  return rows[0]?.count ?? 0
}

/** Sooner than what ends a statement without a deadline. */
const SOON_MS = 5000

/** Runs while nobody can read an entry. */
async function whileLocked<Value>(run: () => Promise<Value>): Promise<Value> {
  return subgraph.db.transaction().execute(async (transaction) => {
    await sql`lock table item in access exclusive mode`.execute(transaction)
    return run()
  })
}

describe('A call', () => {
  it('is answered within the time that the gateway gives, and its statement stopped', async () => {
    await whileLocked(async () => {
      const { data, errors } = await ask({ deadlineMs: '100' })
      expect(data?._entities ?? [null]).toEqual([null])
      expect(errors?.map(({ extensions }) => extensions.code)).toContain('DEADLINE_EXCEEDED')
      await eventually(async () => (await waiting()) === 0, SOON_MS)
    })
  })

  it('is stopped in the database when the gateway goes away', async () => {
    await whileLocked(async () => {
      const gateway = new AbortController()
      const asked = ask({ signal: gateway.signal }).catch(() => 'gone')
      await eventually(async () => (await waiting()) === 1, SOON_MS)
      gateway.abort()
      expect(await asked).toBe('gone')
      await eventually(async () => (await waiting()) === 0, SOON_MS)
    })
  })

  it.each([undefined, '', 'soon', '-1', '1e3', '999999999'])(
    'has a time of its own when the gateway gives %j',
    async (deadlineMs) => {
      const { status, data } = await ask(deadlineMs === undefined ? {} : { deadlineMs })
      expect(status).toBe(200)
      expect(data?._entities[0]?.allergies.nodes).toHaveLength(1)
    },
  )

  it('is answered whole after many others were stopped: no connection is lost', async () => {
    await whileLocked(() =>
      Promise.all(Array.from({ length: 30 }, () => ask({ deadlineMs: '50' }))),
    )
    const answers = await Promise.all(Array.from({ length: 30 }, () => ask()))
    expect(answers.filter(({ errors }) => errors)).toEqual([])
  })
})
