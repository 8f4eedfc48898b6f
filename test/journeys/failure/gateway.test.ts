import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readConfig } from '../../../gateway/config.ts'
import { startGateway } from '../../../gateway/main.ts'
import type { IndexDatabase } from '../../../subgraphs/index/store/tables.ts'
import { connect } from '../../../subgraphs/kit/store/connect.ts'
import { eventually } from '../../cli/start/system.ts'
import { type FaultyConnection, startFaultyConnection } from '../../support/faulty-connection.ts'
import { type FaultyProxy, startFaultyProxy } from '../../support/faulty-proxy.ts'
import { createDatabase } from '../../support/postgres.ts'
import { printedBy } from '../../support/printed.ts'
import { type Answer, startSystem, type TestSystem } from '../../support/system.ts'

const ADA = '9990000018'
const RECORD = `{ patient(nhsNumber: "${ADA}") {
  allergies { isComplete missingSources nodes { id } }
  sources { participant { code } outcome }
} }`

let system: TestSystem
let whole: Answer
let index: FaultyConnection
/** Two ways to one source, as two replicas. */
let first: FaultyProxy
let second: FaultyProxy

beforeAll(async () => {
  system = await startSystem({
    stories: ['ada'],
    async databaseUrlOf(url) {
      index = await startFaultyConnection(url)
      return index.url
    },
    async urlOf(code, url) {
      if (code !== 'nel') return url
      first = await startFaultyProxy(url)
      second = await startFaultyProxy(url)
      return `${first.url},${second.url}`
    },
    env: { LCR_SOURCE_DEADLINE_MS: '3000', LCR_DEADLINE_MS: '4000', LCR_HEDGE_AFTER_MS: '300' },
  })
  whole = await system.ask(RECORD)
  expect(whole.data.patient.allergies.isComplete).toBe(true)
})

afterAll(async () => {
  await system?.close()
  await Promise.all([index, first, second].map((proxy) => proxy?.close()))
})

const codesOf = ({ errors }: Answer) => errors?.map(({ extensions }) => extensions?.code)

async function expectWhole(): Promise<void> {
  await eventually(async () => (await system.ask(RECORD)).errors === undefined)
  expect((await system.ask(RECORD)).data).toEqual(whole.data)
}

describe("When the gateway's own database is away", () => {
  it.each(['reset', 'hang'] as const)(
    'says that nothing can be said about any patient, in time, and goes on by itself (%s)',
    async (fault) => {
      index.setFault(fault)
      const answers = await Promise.all([system.ask(RECORD), system.ask(RECORD)])
      for (const answer of answers) {
        expect(answer.status).toBe(503)
        expect(answer.headers.get('retry-after')).toBe('1')
        expect(answer.data).toBeUndefined()
        expect(codesOf(answer)).toEqual(['INDEX_UNAVAILABLE'])
      }
      const { status, checks } = (await (await fetch(`${system.url}/health/ready`)).json()) as {
        status: string
        checks: object
      }
      expect({ status, checks }).toMatchObject({
        status: 'not ready',
        checks: { indexDatabase: false },
      })
      expect((await system.ask('{ me { name } }')).errors).toBeUndefined()
      index.setFault('none')
      await expectWhole()
    },
    30_000,
  )
})

describe('When a participant has two addresses', () => {
  it.each(['refuse', 'reset', 'hang'] as const)(
    'shows its record whole although one of them fails (%s)',
    async (fault) => {
      // Which of them is asked first depends on what was before.
      for (const proxy of [first, second]) {
        await proxy.setFault(fault)
        await eventually(async () => (await system.ask(RECORD)).errors === undefined)
        expect((await system.ask(RECORD)).data).toEqual(whole.data)
        await proxy.setFault('none')
      }
    },
    30_000,
  )
})

describe('When the client goes away', () => {
  it('cancels what is asked of the sources, and is written down all the same', async () => {
    await first.setFault('none')
    await second.setFault('none')
    const database = system.databaseOf('nel')
    const requestId = 'client-went-away'
    await database.transaction().execute(async (transaction) => {
      await sql`lock table item in access exclusive mode`.execute(transaction)
      const client = new AbortController()
      const asked = fetch(`${system.url}/graphql`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'x-request-id': requestId,
          authorization: `Bearer ${await system.token('ed-doctor.sel')}`,
        },
        body: JSON.stringify({ query: RECORD }),
        signal: client.signal,
      }).catch(() => 'gone')
      await eventually(async () => first.underway + second.underway > 0)
      client.abort()
      expect(await asked).toBe('gone')
      await eventually(async () => first.underway + second.underway === 0)
      await eventually(async () => {
        const { rows } = await sql<{ waiting: number }>`
          select count(*)::int as waiting from pg_stat_activity
          where datname = current_database() and wait_event_type = 'Lock'
        `.execute(transaction)
        return rows[0]?.waiting === 0
      })
    })
    await database.destroy()
    const { rows } = await sql`
      select from audit_entry where kind = 'ACCESS' and body ->> 'requestId' = ${requestId}
    `.execute(system.audit.owner)
    expect(rows).toHaveLength(1)
    await expectWhole()
  })
})

describe('A gateway whose index is empty', () => {
  it('is ready once every feed has been read to its end, or could not be', async () => {
    const database = await createDatabase()
    const settings = { ...system.settings, DATABASE_URL: database.url }
    const config = readConfig(settings, system.participants)
    const log = printedBy('empty index')
    const gateway = await startGateway({ ...config, port: 0 }, { log, feedsWait: true })
    const readiness = async () => {
      const answer = await fetch(`${gateway.url}/health/ready`)
      const { checks } = (await answer.json()) as { checks: { indexFilled: boolean } }
      return { status: answer.status, indexFilled: checks.indexFilled }
    }
    try {
      expect(await readiness()).toEqual({ status: 503, indexFilled: false })
      await first.setFault('refuse')
      await gateway.whenCaughtUp()
      expect(await readiness()).toEqual({ status: 200, indexFilled: true })
      await first.setFault('none')
    } finally {
      await gateway.close()
      await database.drop()
    }
    await expectWhole()
  })
})

describe("When a participant's feed has been silent for five minutes", () => {
  const SOURCES = ['sel', 'paht'] as const
  const outcomes = ({ data }: Answer) =>
    SOURCES.map(
      (code) =>
        data.patient.sources.find(
          (one: { participant: { code: string } }) => one.participant.code === code,
        ).outcome,
    )

  it('asks it about everybody, whatever the index knew of it', async () => {
    const db = connect<IndexDatabase>(system.settings['DATABASE_URL'] ?? '', 1)
    const ofSel = db.selectFrom('holder').selectAll().where('participant', '=', 'sel')
    const known = await ofSel.execute()
    expect(outcomes(whole)).toEqual(['ANSWERED', 'NO_RECORD'])
    await db.deleteFrom('holder').where('participant', '=', 'sel').execute()
    const heardAt = (at: Date) =>
      db
        .updateTable('feed_cursor')
        .set({ last_success_at: at })
        .where('participant', 'in', SOURCES)
        .execute()

    await heardAt(new Date())
    expect(outcomes(await system.ask(RECORD))).toEqual(['NO_RECORD', 'NO_RECORD'])
    await heardAt(new Date(Date.now() - 6 * 60_000))
    const answer = await system.ask(RECORD)
    expect(answer.errors).toBeUndefined()
    expect(outcomes(answer)).toEqual(['ANSWERED', 'NO_RECORD'])
    expect(answer.data.patient.allergies).toEqual(whole.data.patient.allergies)
    const bySource = `{ patient(nhsNumber: "${ADA}") { records { __typename asOf } } }`
    const shown = (await system.ask(bySource)).data.patient.records
    const held = ['MkuhRecord', 'NclRecord', 'NelRecord', 'SelRecord']
    expect(shown.map(({ __typename }: { __typename: string }) => __typename)).toEqual(held)

    const rows = known.map((row) => ({ ...row, demographics: JSON.stringify(row.demographics) }))
    await db.insertInto('holder').values(rows).execute()
    await heardAt(new Date())
    await db.destroy()
    await expectWhole()
  })
})

describe("When a source's own database fails", () => {
  it('names the source, with no word of its error', async () => {
    const database = system.databaseOf('sel')
    await sql`alter table item rename to item_elsewhere`.execute(database)
    const answer = await system.ask(RECORD)
    await sql`alter table item_elsewhere rename to item`.execute(database)
    await database.destroy()
    expect(codesOf(answer)).toEqual(['SOURCE_FAILED'])
    expect(answer.data.patient.allergies).toMatchObject({
      isComplete: false,
      missingSources: ['sel'],
    })
    expect(answer.text).not.toMatch(/item|relation|select/)
    await expectWhole()
  })
})
