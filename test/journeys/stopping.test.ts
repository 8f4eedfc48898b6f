import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { findPorts, type Run, run } from '../cli/start/system.ts'
import { type Gate, startGate } from '../gateway/limits/gate.ts'
import { startSystem, type TestSystem } from '../support/system.ts'

const ADA = '9990000018'

let system: TestSystem
let gate: Gate
let authorization: string
const processes: Run[] = []

beforeAll(async () => {
  system = await startSystem({
    stories: ['ada'],
    async urlOf(code, url) {
      if (code !== 'nel') return url
      gate = await startGate(url)
      return gate.url
    },
  })
  authorization = `Bearer ${await system.token('ed-doctor.sel')}`
})

afterEach(() => gate.open())

afterAll(async () => {
  for (const each of processes) each.process.kill('SIGKILL')
  await system?.close()
  await gate?.close()
})

/** A gateway as a process of its own, over the same databases and subgraphs. */
async function startGateway(settings: Record<string, string>) {
  const url = `http://127.0.0.1:${await findPorts(1)}`
  const started = run(['gateway'], { ...system.settings, ...settings, PORT: new URL(url).port })
  processes.push(started)
  await health(url, 200)
  return { url, started }
}

/** Waits until the health check says so; null: until nobody listens. */
async function health(url: string, status: number | null): Promise<void> {
  await expect.poll(() => ready(url), { timeout: 60_000 }).toBe(status)
}

async function ready(url: string): Promise<number | null> {
  return fetch(`${url}/health/ready`).then(
    ({ status }) => status,
    () => null,
  )
}

async function ask(url: string) {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/json' },
    body: JSON.stringify({
      query: `{ patient(nhsNumber: "${ADA}") { name { text } allergies { isComplete nodes { id } } } }`,
    }),
  })
  const { data } = JSON.parse(await response.text())
  return { status: response.status, data }
}

describe('lcr gateway, told to stop', { timeout: 120_000 }, () => {
  it.each(['SIGTERM', 'SIGINT'] as const)(
    'by %s: is not ready first, lets the answer under way leave whole, signs its trail, and ends',
    async (signal) => {
      const { url, started } = await startGateway({ LCR_DRAIN_MS: '500' })
      const right = await ask(url)
      expect(right.data.patient.allergies.isComplete).toBe(true)
      gate.shut()
      const underway = ask(url)
      await expect.poll(() => gate.waiting, { timeout: 20_000 }).toBe(1)

      started.process.kill(signal)
      await health(url, 503)
      await health(url, null)
      gate.open()
      expect(await underway).toEqual(right)
      expect(await started.ended()).toBe(0)

      const { rows } = await sql<{ isLast: boolean }>`
        select (body ->> 'isLast')::boolean as "isLast" from audit_entry
        where kind = 'CHECKPOINT' order by recorded_at desc, sequence desc limit 1`.execute(
        system.audit.owner,
      )
      expect(rows).toEqual([{ isLast: true }])
    },
  )

  it('a second time ends at once', async () => {
    const { url, started } = await startGateway({ LCR_DRAIN_MS: '600000' })
    started.process.kill('SIGTERM')
    await health(url, 503)
    // One key press can arrive twice: what counts is a further one.
    const again = setInterval(() => started.process.kill('SIGTERM'), 100)
    expect(await started.ended()).toBe(1)
    clearInterval(again)
  })
})
