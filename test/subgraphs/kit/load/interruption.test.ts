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

describe('a load that is killed', () => {
  it(
    'leaves whole batches only, and the same command then finishes the work',
    async () => {
      await waitForEnd(startLoad())
      const expected = await store.shown()
      for (const share of [0, 0.3, 0.7]) {
        await store.clear()
        const load = startLoad()
        await waitForResources(Math.floor(patients * observationsEach * share))
        load.kill('SIGKILL')
        await once(load, 'exit')
        await expectWhole()
        await waitForEnd(startLoad())
        expect(await store.shown()).toEqual(expected)
      }
    },
    patienceMs,
  )
})

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

async function waitForResources(number: number): Promise<void> {
  for (;;) {
    const { rows } = await sql<{ number: string }>`select count(*) as number from resource`.execute(
      store.db,
    )
    if (Number(rows[0]?.number) >= number) return
    await wait(5)
  }
}

/** No resource without its entries, no entry without its resource, no patient unknown. */
async function expectWhole(): Promise<void> {
  const { rows } = await sql<{ resources: string; items: string; strangers: string }>`
    select
      (select count(*) from resource where type = 'Observation') as resources,
      (select count(*) from item join resource on type = resource_type and resource.id = resource_id)
        as items,
      (select count(*) from item where nhs_number not in (select nhs_number from patient))
        as strangers`.execute(store.db)
  expect(rows[0]?.items).toBe(rows[0]?.resources)
  expect(rows[0]?.strangers).toBe('0')
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
