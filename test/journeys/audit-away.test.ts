import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { GovernanceDatabase } from '../../gateway/governance/store/tables.ts'
import { connect } from '../../subgraphs/kit/store/connect.ts'
import { eventually } from '../cli/start/system.ts'
import { type RecordingProxy, startRecordingProxy } from '../support/recording-proxy.ts'
import { startPostgres, type TestPostgres } from '../support/start-postgres.ts'
import { type Answer, startSystem, type TestSystem } from '../support/system.ts'

const ADA = '{ patient(nhsNumber: "9990000018") { name { text } } }'

let postgres: TestPostgres
let system: TestSystem
const proxies: RecordingProxy[] = []

beforeAll(async () => {
  postgres = await startPostgres()
  system = await startSystem({
    stories: ['ada'],
    auditPostgres: postgres.url,
    env: { LCR_AUDIT_DEADLINE_MS: '1000' },
    async urlOf(_code, url) {
      const proxy = await startRecordingProxy(url)
      proxies.push(proxy)
      return proxy.url
    },
  })
}, 60_000)
afterAll(async () => {
  await system?.close()
  await Promise.all(proxies.map((proxy) => proxy.close()))
  await postgres?.remove()
})

const ask = (requestId: string, query = ADA) =>
  system.ask(query, { headers: { 'x-request-id': requestId } })

const codesOf = ({ errors }: Answer) => errors?.map(({ extensions }) => extensions?.code)

/** The outcome's errors of each event, by its request id. */
async function recorded(): Promise<Map<string, readonly string[]>> {
  const { rows } = await sql<{ request: string; errors: readonly string[] }>`
    select event.body ->> 'requestId' as request, outcome.body -> 'errors' as errors
    from audit_entry as event
    join audit_entry as outcome on outcome.kind = 'OUTCOME' and outcome.event = event.event
    where event.kind = 'ACCESS'`.execute(system.audit.owner)
  return new Map(rows.map(({ request, errors }) => [request, errors]))
}

const readiness = async () =>
  (await fetch(`${system.url}/health/ready`)).json() as Promise<{ status: string; checks: object }>

describe('When the audit store is away', () => {
  it('shows nothing, loses no event, and goes on by itself when it is back', async () => {
    expect((await ask('before-0')).data.patient.name.text).toBeTruthy()

    await postgres.stop()
    for (const query of [ADA, 'mutation { endEmergencyAccess(claimId: "x") { id } }']) {
      const answer = await ask(`during-${query.length}`, query)
      expect(answer.status).toBe(503)
      expect(answer.data).toBeUndefined()
      expect(codesOf(answer)).toEqual(['AUDIT_UNAVAILABLE'])
      expect(answer.headers.get('retry-after')).toBe('1')
    }
    const many = await Promise.all(Array.from({ length: 20 }, (_, at) => ask(`during-many-${at}`)))
    expect(new Set(many.flatMap(codesOf))).toEqual(new Set(['AUDIT_UNAVAILABLE']))
    expect(await readiness()).toMatchObject({ checks: { indexDatabase: true, auditStore: false } })
    expect((await ask('during-me', '{ me { name } }')).data.me.name).toBe('Dr Tom Adeyemi')

    await postgres.start()
    await eventually(async () => (await readiness()).status === 'ready')
    expect((await ask('afterwards-0')).data.patient.name.text).toBeTruthy()

    await eventually(async () => (await recorded()).has('afterwards-0'))
    const trail = await recorded()
    expect(trail.size).toBe(24)
    for (const [request, errors] of trail) {
      expect([request, errors]).toEqual([
        request,
        request.startsWith('during') ? ['AUDIT_UNAVAILABLE'] : [],
      ])
    }
  })

  it('does not wait for a store that hangs, and writes each event once when it goes on', async () => {
    let asked: Promise<Answer> | undefined
    await system.audit.owner.transaction().execute(async (transaction) => {
      await sql`lock table audit_entry in access exclusive mode`.execute(transaction)
      asked = ask('hanging-0')
      expect(codesOf(await asked)).toEqual(['AUDIT_UNAVAILABLE'])
    })
    await eventually(async () => (await readiness()).status === 'ready')
    await eventually(async () => (await recorded()).has('hanging-0'))
    const { rows } = await sql`
      select from audit_entry where kind = 'ACCESS' and body ->> 'requestId' = 'hanging-0'
    `.execute(system.audit.owner)
    expect(rows).toHaveLength(1)
  })

  it('asks no source and changes nothing, however much is got ready meanwhile', async () => {
    const record = '{ patient(nhsNumber: "9990000018") { allergies { nodes { id } } } }'
    const claim = `mutation { claimEmergencyAccess(
      nhsNumber: "9990000018", justification: "Brought in unconscious, no papers"
      reason: { alertType: SELF_CLAIMED_RELATIONSHIP, reason: SELF_CLAIM_EMERGENCY }
    ) { id } }`
    expect((await ask('open-0', record)).data.patient.allergies.nodes).not.toEqual([])
    expect(asked()).not.toEqual([])

    await system.audit.owner.transaction().execute(async (transaction) => {
      await sql`lock table audit_entry in access exclusive mode`.execute(transaction)
      const answers = await Promise.all([ask('locked-0', record), ask('locked-1', claim)])
      expect(answers.flatMap(codesOf)).toEqual(['AUDIT_UNAVAILABLE', 'AUDIT_UNAVAILABLE'])
    })
    await eventually(async () => (await readiness()).status === 'ready')
    await eventually(async () => (await recorded()).has('locked-1'))
    expect(asked()).toEqual([])
    expect(await claims()).toBe(0)

    expect((await ask('open-1', claim)).errors).toBeUndefined()
    expect(await claims()).toBe(1)
  })
})

/** What the sources were asked since the last look. */
function asked(): string[] {
  return proxies.flatMap((proxy) => proxy.takeQueries())
}

async function claims(): Promise<number> {
  const db = connect<GovernanceDatabase>(system.settings['DATABASE_URL'] ?? '')
  try {
    return (await db.selectFrom('emergency_claim').selectAll().execute()).length
  } finally {
    await db.destroy()
  }
}
