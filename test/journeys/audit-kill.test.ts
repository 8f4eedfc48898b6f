import { once } from 'node:events'
import { createLocalJWKSet } from 'jose'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { verifyTrail } from '../../gateway/audit/verify/verify-trail.ts'
import { eventually, findPorts, type Run, run } from '../cli/start/system.ts'
import { startSystem, type TestSystem } from '../support/system.ts'

const ADA = '9990000018'
const LEAST_ANSWERS = 200
const AT_ONCE = 12

let system: TestSystem
let url: string
let token: string
const processes: Run[] = []

beforeAll(async () => {
  system = await startSystem({ stories: ['ada'] })
  // A store that takes its time: an answer that did not wait for it would be gone long before its event.
  await sql`
    create function take_time() returns trigger language plpgsql as $$
    begin perform pg_sleep(0.2); return null; end $$`.execute(system.audit.owner)
  await sql`
    create trigger takes_time before insert on audit_entry
    for each statement execute function take_time()`.execute(system.audit.owner)
  url = `http://127.0.0.1:${await findPorts(1)}`
  token = await system.token('ed-doctor.sel')
}, 60_000)
afterAll(async () => {
  for (const each of processes) each.process.kill('SIGKILL')
  await system?.close()
})

/** A gateway as a process of its own, over the same databases and subgraphs. */
async function startGateway(): Promise<Run> {
  const started = run(['gateway'], { ...system.settings, PORT: new URL(url).port })
  processes.push(started)
  await eventually(async () => (await fetch(`${url}/health/ready`).catch(() => null))?.ok === true)
  return started
}

/** Asks until the gateway is gone; adds to `shown` the request id of every answer that held data. */
async function askUntilGone(shown: Set<string>): Promise<number> {
  for (let asked = 1; ; asked += 1) {
    try {
      const response = await fetch(`${url}/graphql`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${token}`,
          'content-type': 'application/json',
        },
        body: JSON.stringify({
          query: `{ patient(nhsNumber: "${ADA}") { name { text } allergies { nodes { id } } } }`,
        }),
      })
      const requestId = response.headers.get('x-request-id') ?? ''
      // Whatever came of the body counts: a name that was sent was seen.
      for await (const bytes of response.body ?? []) {
        if (Buffer.from(bytes).includes('"patient":{')) shown.add(requestId)
      }
    } catch {
      return asked
    }
  }
}

async function findEvents(requestIds: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{ request: string }>`
    select body ->> 'requestId' as request from audit_entry
    where kind = 'ACCESS' and body ->> 'requestId' = any (${[...requestIds]}::text[])
      and nhs_number = ${ADA} and refusal is null`.execute(system.audit.owner)
  return new Set(rows.map(({ request }) => request))
}

describe('A gateway that is killed (kill -9) at any moment', () => {
  it('has shown nobody anything that is not in the trail, whose chains are whole', async () => {
    const shown = new Set<string>()
    let asked = 0
    let kills = 0
    while (shown.size < LEAST_ANSWERS || kills < 5) {
      const gateway = await startGateway()
      const asking = Array.from({ length: AT_ONCE }, () => askUntilGone(shown))
      // Under load, at a moment of its own each time: after some answers, and some milliseconds.
      const enough = shown.size + Math.ceil((Math.random() * LEAST_ANSWERS) / 2)
      await eventually(async () => shown.size >= enough)
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 20))
      gateway.process.kill('SIGKILL')
      await once(gateway.process, 'close')
      kills += 1
      for (const count of await Promise.all(asking)) asked += count
    }
    const events = await findEvents([...shown])
    process.stdout.write(
      `${kills} kills, ${asked} requests: ${shown.size} left with data, ${events.size} of them have a committed event\n`,
    )
    expect([...shown].filter((request) => !events.has(request))).toEqual([])

    const verdict = await verifyTrail({
      db: system.audit.owner,
      keys: createLocalJWKSet(system.keys.gateway.jwks),
      anchorFolders: [`${system.settings['LCR_DATA_DIR']}/audit`],
    })
    expect({ breaks: verdict.breaks, uncheckedEnds: verdict.uncheckedEnds }).toEqual({
      breaks: [],
      uncheckedEnds: [],
    })
  }, 120_000)
})
