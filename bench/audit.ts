import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { pino } from 'pino'
import { ensureKeys } from '../cli/start/keys.ts'
import type { AccessEvent } from '../gateway/audit/entries.ts'
import { type AuditTrail, openTrail } from '../gateway/audit/open-trail.ts'
import { prepareAuditStore } from '../gateway/audit/store/prepare.ts'
import type { AuditDatabase } from '../gateway/audit/store/tables.ts'
import { connect } from '../subgraphs/kit/store/connect.ts'
import { startPostgres } from '../test/support/start-postgres.ts'

const SECONDS = 5

/** A look at a record as the gateway writes it, some 1.1 kB. */
function event(place: number): AccessEvent {
  return {
    kind: 'ACCESS',
    event: crypto.randomUUID(),
    at: new Date().toISOString(),
    requestId: crypto.randomUUID(),
    category: 'RECORD',
    action: 'patient',
    refusal: null,
    user: {
      userId: String(555_000_000_000 + (place % 500)),
      name: 'Dr Tom Adeyemi',
      roleCode: 'R0050',
      roleName: 'Consultant',
      roleProfileId: '555000000102',
      assuranceLevel: 2,
      odsCode: 'RJZ',
      organisationName: "King's College Hospital NHS Foundation Trust",
      participant: 'sel',
    },
    purpose: 'TREAT',
    grounds: { kind: 'ATTENDANCE', evidence: 'Encounter/1' },
    nhsNumber: String(9_990_000_000 + (place % 10_000)),
    requestedNhsNumber: String(9_990_000_000 + (place % 10_000)),
    sections: ['identity', 'allergies', 'medications', 'diagnoses', 'testResults', 'encounters'],
    deniedFields: [],
    facts: null,
    operation: { type: 'query', name: 'Summary', digest: 'a'.repeat(64) },
    client: { name: 'ed-viewer', version: '1.0' },
    device: { id: 'ED-04', address: '127.0.0.1', userAgent: 'bench' },
  }
}

/** An event is waited for, and its outcome follows, as in a request. */
async function write(trail: AuditTrail, place: number): Promise<number> {
  const access = event(place)
  const started = performance.now()
  await trail.commit([access])
  const took = performance.now() - started
  trail.append([
    {
      kind: 'OUTCOME',
      event: access.event,
      at: access.at,
      durationMs: 40,
      sources: { nel: 'ANSWERED', sel: 'ANSWERED', hpft: 'NOT_A_CONTRIBUTOR' },
      items: { allergies: 3, medications: 20 },
      errors: [],
    },
  ])
  return took
}

/** So many requests a second, coming by chance as people do, whether or not earlier ones are done. */
async function perSecond(trail: AuditTrail, rate: number): Promise<void> {
  const times: Promise<number>[] = []
  const before = process.cpuUsage()
  const started = performance.now()
  let next = started
  for (let place = 0; next < started + SECONDS * 1000; place += 1) {
    if (next > performance.now()) await wait(next - performance.now())
    times.push(write(trail, place))
    next -= (Math.log(1 - Math.random()) / rate) * 1000
  }
  await report(`${rate} a second`, times, { started, before })
}

/** So many at once, each beginning when the one before it is done: as many as there can be. */
async function atOnce(trail: AuditTrail, requests: number): Promise<void> {
  const times: Promise<number>[] = []
  const before = process.cpuUsage()
  const started = performance.now()
  await Promise.all(
    Array.from({ length: requests }, async (_, first) => {
      for (let place = first; performance.now() < started + SECONDS * 1000; place += requests) {
        const time = write(trail, place)
        times.push(time)
        await time
      }
    }),
  )
  await report(`${requests} at once`, times, { started, before })
}

async function report(
  what: string,
  given: readonly Promise<number>[],
  { started, before }: { readonly started: number; readonly before: NodeJS.CpuUsage },
): Promise<void> {
  const times = (await Promise.all(given)).sort((a, b) => a - b)
  const rate = Math.round((times.length / (performance.now() - started)) * 1000)
  const at = (share: number) =>
    (times[Math.floor(times.length * share)] ?? 0).toFixed(2).padStart(8)
  const { user, system } = process.cpuUsage(before)
  const cpu = ((user + system) / 1000 / times.length).toFixed(3)
  console.log(
    `${what.padEnd(15)} ${String(rate).padStart(10)} ${at(0.5)} ms ${at(0.95)} ms ${cpu.padStart(9)} ms`,
  )
}

const postgres = await startPostgres()
const folder = await mkdtemp(join(tmpdir(), 'lcr-bench-'))
try {
  const admin = new pg.Client({ connectionString: postgres.url })
  await admin.connect()
  await admin.query(`create role gateway login password 'gateway'`)
  await admin.end()
  const owner = connect<AuditDatabase>(postgres.url, 1)
  await prepareAuditStore(owner, 'gateway')
  await owner.destroy()
  const url = new URL(postgres.url)
  url.username = 'gateway'
  url.password = 'gateway'
  const keys = await ensureKeys(folder)
  const trail = await openTrail({
    url: url.href,
    anchors: join(folder, 'audit'),
    privateJwk: keys.gateway.privateJwk,
    clock: () => new Date(),
    logger: pino({ level: 'silent' }),
    deadlineMs: 10_000,
  })
  console.log('One gateway process, PostgreSQL beside it, every commit on the disk (fsync).')
  console.log(`Events with their outcomes, for ${SECONDS} s each:\n`)
  console.log('requests        events/s     commit:      95th   this process')
  console.log('                              median               CPU an event')
  for (const rate of [10, 100, 1000]) await perSecond(trail, rate)
  for (const requests of [1, 16, 256]) await atOnce(trail, requests)
  await trail.close()
} finally {
  await postgres.remove()
  await rm(folder, { recursive: true, force: true })
}
