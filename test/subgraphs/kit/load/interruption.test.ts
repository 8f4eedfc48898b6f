import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { projectRoot } from '../../../../project-root.ts'
import { at, observation, patient, practitioner } from './resources.ts'
import { createTestStore, type TestStore } from './test-store.ts'

const patients = 40
const observationsEach = 80
const patienceMs = 120_000
let folder: string
let store: TestStore
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lcr-load-'))
  await writeFile(join(folder, 'Observation.ndjson'), manyObservations())
  await writeFile(join(folder, 'Patient.ndjson'), manyPatients())
  await writeFile(
    join(folder, 'Practitioner.ndjson'),
    JSON.stringify(practitioner('p', 'Marchbanks')),
  )
  store = await createTestStore()
})
afterAll(async () => {
  await store.close()
  await rm(folder, { recursive: true, force: true })
})

describe('a load that is broken off', () => {
  it.each(['SIGKILL', 'SIGINT'] as const)(
    'by %s leaves nothing of it, and the same command then does all of the work',
    async (signal) => {
      await store.clear()
      const nothing = await store.shown()
      await waitForEnd(startLoad())
      const expected = await store.shown()
      const size = await sizeOfItems()
      for (const share of [0, 0.5]) {
        await store.clear()
        const load = startLoad()
        const said = collectErrors(load)
        while ((await sizeOfItems()) < size * share) await wait(5)
        load.kill(signal)
        const [code] = await once(load, 'exit')
        // Nobody sees a part of it; what was over when the signal came is in, and said to be.
        const isOver = code === 0
        expect(await store.shown()).toEqual(isOver ? expected : nothing)
        // At first the command is not yet listening.
        if (signal !== 'SIGKILL' && !isOver && share > 0)
          expect([code, said()]).toEqual([130, INTERRUPTED])
        await waitForEnd(startLoad())
        expect(await store.shown()).toEqual(expected)
      }
    },
    patienceMs,
  )
})

const INTERRUPTED =
  'lcr load: interrupted: nothing of this load is in, and everything is as it was before. Run the same command again to load all of it\n'

describe('two loads at once', () => {
  it('wait for each other and end as one load would', async () => {
    await store.clear()
    await waitForEnd(startLoad())
    const expected = await store.shown()
    await store.clear()
    const loads = [startLoad(), startLoad()]
    const said = loads.map(collectErrors)
    await Promise.all(loads.map(waitForEnd))
    expect(await store.shown()).toEqual(expected)
    expect(said.map((text) => text()).join('')).toMatch(
      /^Another load of nel is under way[^\n]*\n$/,
    )
  })
})

function startLoad(): ChildProcess {
  const command = join(projectRoot, 'dist', 'cli', 'lcr.js')
  return spawn(process.execPath, [command, 'load', 'nel', folder, '--database-url', store.url], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
}

async function waitForEnd(load: ChildProcess): Promise<void> {
  const [code] = await once(load, 'exit')
  expect(code).toBe(0)
}

function collectErrors(load: ChildProcess): () => string {
  let text = ''
  load.stderr?.on('data', (chunk: Buffer) => {
    text += chunk.toString()
  })
  return () => text
}

/** What is written takes its place on the disk before anybody can see it. */
async function sizeOfItems(): Promise<number> {
  const { rows } = await sql<{ size: string }>`select pg_relation_size('item') as size`.execute(
    store.db,
  )
  return Number(rows[0]?.size)
}

function manyPatients(): string {
  return Array.from({ length: patients }, (_, index) =>
    JSON.stringify(patient(`a${index}`, nhsNumber(index))),
  ).join('\n')
}

function manyObservations(): string {
  return Array.from({ length: patients * observationsEach }, (_, index) =>
    JSON.stringify(
      observation(`o${index}`, at(`Patient/a${index % patients}`), {
        performer: [at('Practitioner/p')],
      }),
    ),
  ).join('\n')
}

/** The index-th valid number from 999 100 0000 on. */
function nhsNumber(index: number): string {
  let found = -1
  for (let first = 999_100_000; ; first++) {
    const digits = String(first)
    const sum = [...digits].reduce((total, digit, at) => total + Number(digit) * (10 - at), 0)
    const check = (11 - (sum % 11)) % 11
    if (check < 10 && ++found === index) return `${digits}${check}`
  }
}
