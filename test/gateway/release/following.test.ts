import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readConfig } from '../../../gateway/config.ts'
import { type RunningGateway, startGateway } from '../../../gateway/main.ts'
import { type BuiltIn, readBuiltIn } from '../../../gateway/registry/built-in-version.ts'
import type { RegistryDatabase } from '../../../gateway/registry/store/tables.ts'
import { addVersion } from '../../../gateway/registry/store/versions.ts'
import { connect } from '../../../subgraphs/kit/store/connect.ts'
import { eventually } from '../../cli/start/system.ts'
import { type FaultyProxy, startFaultyProxy } from '../../support/faulty-proxy.ts'
import { startSystem, type TestSystem } from '../../support/system.ts'

const ADA = '9990000018'
const ALLERGIES = `{ patient(nhsNumber: "${ADA}") { allergies { isComplete nodes { id } } } }`

let system: TestSystem
let builtIn: BuiltIn
let db: ReturnType<typeof connect<RegistryDatabase>>
let proxy: FaultyProxy
let newest = 0

beforeAll(async () => {
  system = await startSystem({
    stories: ['ada'],
    async urlOf(code, url) {
      if (code !== 'sel') return url
      proxy = await startFaultyProxy(url)
      return proxy.url
    },
  })
  builtIn = await readBuiltIn()
  db = connect<RegistryDatabase>(system.settings['DATABASE_URL'] ?? '', 2)
})

afterAll(async () => {
  await system?.close()
  await proxy?.close()
  await db?.destroy()
})

/** Adds a version as if it had been composed, and gives its number. */
async function addSupergraph(supergraphSdl = builtIn.supergraphSdl, base = builtIn.base) {
  const { members } = builtIn
  const version = { base, supergraphSdl, members, cause: 'a test', madeBy: 'test' }
  const number = await db
    .transaction()
    .execute((transaction) =>
      addVersion(
        transaction,
        { ...version, madeAt: new Date() },
        base === builtIn.base ? newest : 0,
      ),
    )
  if (number === null) throw new Error('Another version came in between')
  if (base === builtIn.base) newest = number
  return number
}

async function inForce(url = system.url): Promise<number> {
  return ((await (await fetch(`${url}/health/ready`)).json()) as { supergraph: number }).supergraph
}

/** Another process's gateway over the same database and data folder, with what it logs. */
async function startAnother(
  settings: Record<string, string> = {},
): Promise<RunningGateway & { readonly lines: readonly Record<string, unknown>[] }> {
  const lines: Record<string, unknown>[] = []
  const log = new Writable({
    write(chunk, _encoding, done) {
      lines.push(JSON.parse(String(chunk)))
      done()
    },
  })
  const config = readConfig({ ...system.settings, ...settings }, system.participants)
  const gateway = await startGateway({ ...config, port: 0 }, { log, feedsWait: true })
  return { ...gateway, lines }
}

async function ask(url: string, query: string) {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${await system.token('ed-doctor.sel')}`,
    },
    body: JSON.stringify({ query }),
  })
  return (await response.json()) as { data: unknown; errors?: unknown }
}

describe('A new supergraph', () => {
  it('is in force in every gateway process, which plans ahead what it was asked lately', async () => {
    const another = await startAnother()
    try {
      await ask(another.url, ALLERGIES)
      await ask(another.url, '{ participants { code } }')
      const number = await addSupergraph()
      await eventually(async () => (await inForce(another.url)) === number)
      await eventually(async () => (await inForce()) === number)
      const planned = another.lines.find((line) => line['operations'] !== undefined)
      expect(planned).toMatchObject({ supergraph: number, operations: 2 })
      expect(JSON.stringify(another.lines)).not.toContain(ADA)
    } finally {
      await another.close()
    }
  })

  it('cuts off nobody whose request began before it', async () => {
    await proxy.setFault({ delayMs: 3000 })
    const asked = system.ask(ALLERGIES)
    await eventually(async () => proxy.underway > 0)
    const number = await addSupergraph()
    await eventually(async () => (await inForce()) === number)
    const { data, errors } = await asked
    await proxy.setFault('none')
    expect(errors).toBeUndefined()
    expect(data.patient.allergies.isComplete).toBe(true)
  })

  it('that cannot be loaded leaves the one before it in force, and the next one is taken', async () => {
    const good = await inForce()
    const bad = await addSupergraph('type Query { nothing: Nothing }')
    const another = await startAnother()
    try {
      // Whoever starts now has its file.
      expect(await inForce(another.url)).toBe(0)
      expect((await ask(another.url, ALLERGIES)).errors).toBeUndefined()
    } finally {
      await another.close()
    }
    expect(await inForce()).toBe(good)
    expect((await system.ask(ALLERGIES)).errors).toBeUndefined()
    const next = await addSupergraph()
    expect(next).toBeGreaterThan(bad)
    await eventually(async () => (await inForce()) === next)
  })

  it('for other software is nothing to this one', async () => {
    const before = await inForce()
    await addSupergraph('type Query { nothing: Nothing }', 'another base')
    const next = await addSupergraph()
    await eventually(async () => (await inForce()) === next)
    expect(next).toBeGreaterThan(before + 1)
  })
})

describe('A gateway that starts without the registry', () => {
  it('takes the last supergraph it knew, and without one its file', async () => {
    const known = await inForce()
    await sql`alter table registry_version rename to registry_version_away`.execute(db)
    const folder = await mkdtemp(join(tmpdir(), 'lcr-test-'))
    const [knowing, fresh] = [await startAnother(), await startAnother({ LCR_DATA_DIR: folder })]
    try {
      expect(await inForce(knowing.url)).toBe(known)
      expect((await ask(knowing.url, ALLERGIES)).errors).toBeUndefined()
      expect(await inForce(fresh.url)).toBe(0)
      expect(fresh.lines.find((line) => line['supergraph'] === 0)?.['msg']).toBe(
        'the registry does not answer: the gateway starts with the last supergraph it knew',
      )
    } finally {
      await sql`alter table registry_version_away rename to registry_version`.execute(db)
      await knowing.close()
      await fresh.close()
      await rm(folder, { recursive: true, force: true })
    }
  })
})
