import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readCommandLine } from '../../cli/start/processes.ts'
import { createPlace, eventually, run } from './start/system.ts'

type Place = Awaited<ReturnType<typeof createPlace>>

let place: Place

beforeEach(async () => {
  place = await createPlace()
})

afterEach(() => place.remove())

async function expectNothingLeft({ dataDir, processes }: Place): Promise<void> {
  expect(await processes()).toEqual([])
  expect(await readdir(dataDir)).not.toContain('running.json')
  expect(await readdir(join(dataDir, 'postgres'))).not.toContain('postmaster.pid')
}

async function askForAda({ port, dataDir }: Place) {
  const token = run(['token', '--as', 'ed-doctor.sel'], { LCR_DATA_DIR: dataDir })
  expect(await token.ended()).toBe(0)
  const answer = await fetch(`http://127.0.0.1:${port}/graphql`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token.output().trim()}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify({
      query: `query Ada($nhsNumber: ID!) {
        patient(nhsNumber: $nhsNumber) {
          medications { nodes { provenance { participant } } }
          sources { participant { code } outcome }
        }
      }`,
      variables: { nhsNumber: '9990000018' },
    }),
  })
  const { data } = (await answer.json()) as {
    data: { patient: { sources: { participant: { code: string }; outcome: string }[] } }
  }
  return new Map(
    data.patient.sources.map(({ participant, outcome }) => [participant.code, outcome]),
  )
}

async function findProcess({ processes }: Place, words: string): Promise<number> {
  for (const pid of await processes()) if ((await readCommandLine(pid)).includes(words)) return pid
  throw new Error(`There is no process '${words}'`)
}

describe('lcr start', () => {
  it('shows a merged record, survives the loss of a source, and starts again after kill -9', async () => {
    // Nothing reaches the index by itself in this time: what it knows, the start has waited for.
    const first = place.start({ LCR_FEED_INTERVAL_MS: '600000' })
    await first.says('Ctrl-C stops everything')
    expect(first.output()).toMatch(/^nel +North East London +full +http:\S+ +\d+ +[\d,]+$/m)
    expect(first.output()).toMatch(/^hpft +.+ +view only +http:\S+ +0 +0$/m)
    expect(first.output()).toContain('npx lcr token --as ed-doctor.sel')
    const sources = await askForAda(place)
    expect(sources.size).toBe(12)
    expect([sources.get('nel'), sources.get('sel')]).toEqual(['ANSWERED', 'ANSWERED'])

    const second = place.start()
    expect(await second.ended()).toBe(1)
    expect(second.output()).toBe(
      `It is running already with ${place.dataDir}: process ${first.process.pid}, port ${place.port}. Stop it first, or set LCR_DATA_DIR and PORT to run a second one\n`,
    )

    process.kill(await findProcess(place, 'serve nel'), 'SIGKILL')
    await first.says('The subgraph of nel was ended by SIGKILL')
    const without = await askForAda(place)
    expect([without.get('nel'), without.get('sel')]).toEqual(['FAILED', 'ANSWERED'])

    first.process.kill('SIGKILL')
    await eventually(async () => (await place.processes()).length === 0)

    const third = place.start()
    await third.says('Ctrl-C stops everything')
    expect((await askForAda(place)).get('nel')).toBe('ANSWERED')
    third.process.kill('SIGINT')
    expect(await third.ended()).toBe(0)
    await expectNothingLeft(place)
  }, 120_000)

  it('stops cleanly when it is told to in the middle of its start', async () => {
    const started = place.start()
    await started.says('Starting PostgreSQL')
    started.process.kill('SIGTERM')
    expect(await started.ended()).toBe(0)
    expect(await place.processes()).toEqual([])
    expect(await readdir(place.dataDir)).not.toContain('running.json')
  }, 60_000)

  it('says whose port is taken, and how to take others', async () => {
    const squatter = createServer().listen(place.port + 3, '127.0.0.1')
    const started = place.start()
    expect(await started.ended()).toBe(1)
    squatter.close()
    expect(started.output()).toBe(
      `Port ${place.port + 3}, for hct, is taken: stop what uses it, or set PORT to the first of 13 free ports, such as PORT=5000 npm start\n`,
    )
  })

  it("refuses another PostgreSQL's data, and leaves it as it is", async () => {
    const postgres = join(place.dataDir, 'postgres')
    await mkdir(postgres)
    await writeFile(join(postgres, 'PG_VERSION'), '12\n')
    const started = place.start()
    expect(await started.ended()).toBe(1)
    expect(started.output().split('\n').at(-2)).toMatch(
      /^\S+ holds databases of PostgreSQL 12, and this is PostgreSQL \d+: set LCR_DATA_DIR to another folder, or remove this one to begin afresh$/,
    )
    expect(await readdir(postgres)).toEqual(['PG_VERSION'])
    expect(await place.processes()).toEqual([])
  })

  it("refuses another version's data folder", async () => {
    await writeFile(join(place.dataDir, 'layout.json'), '{"layout":99}')
    const started = place.start()
    expect(await started.ended()).toBe(1)
    expect(started.output()).toBe(
      `${place.dataDir} was made by another version of this software (layout 99; this is layout 1): set LCR_DATA_DIR to another folder, or remove this one to begin afresh\n`,
    )
  })

  it('says in one line that its data folder cannot be written', async () => {
    const file = join(place.dataDir, 'file')
    await writeFile(file, '')
    const started = place.start({ LCR_DATA_DIR: join(file, 'data') })
    expect(await started.ended()).toBe(1)
    expect(started.output()).toBe(
      `${join(file, 'data', 'logs')} cannot be written (ENOTDIR): set LCR_DATA_DIR to a folder that can\n`,
    )
  })

  it('reports every wrong setting, a line each, and starts nothing', async () => {
    const started = place.start({ PORT: 'http', LOG_LEVEL: 'loud' })
    expect(await started.ended()).toBe(1)
    expect(started.output().split('\n')).toEqual([
      'PORT is "http": it must be a whole number from 1 to 65535',
      'LOG_LEVEL is "loud": it must be one of trace, debug, info, warn, error, fatal, silent',
      '',
    ])
    expect(await readdir(place.dataDir)).toEqual([])
  })

  it('refuses to let the development issuer into production', async () => {
    const started = place.start({ NODE_ENV: 'production' })
    expect(await started.ended()).toBe(1)
    expect(started.output().trim().split('\n')).toEqual([
      expect.stringContaining('NODE_ENV is production, where the development issuer is refused'),
    ])
  })

  it('does not count a claim whose process is gone', async () => {
    const claim = { pid: process.pid, startedAt: 'another time', port: 1 }
    await writeFile(join(place.dataDir, 'running.json'), JSON.stringify(claim))
    const started = place.start()
    await started.says('Starting PostgreSQL')
    const { pid } = JSON.parse(await readFile(join(place.dataDir, 'running.json'), 'utf8'))
    expect(pid).toBe(started.process.pid)
    started.process.kill('SIGTERM')
    expect(await started.ended()).toBe(0)
  }, 60_000)
})
