import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ensureKeys } from '../../cli/start/keys.ts'
import { projectRoot } from '../../project-root.ts'
import { findParticipants } from '../../subgraphs/kit/find-participants.ts'
import { createDatabase, type TestDatabase } from '../support/postgres.ts'
import { keepPrinted } from '../support/printed.ts'
import { runLcr } from './run-lcr.ts'

/** Twelve ports beside those of other tests. */
const PORT = 23_400

let dataDir: string
let database: TestDatabase
let settings: Record<string, string>
let portOf: (code: string) => number

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'lcr-serve-'))
  await ensureKeys(dataDir)
  database = await createDatabase()
  const codes = (await findParticipants()).map(({ code }) => code)
  portOf = (code) => PORT + 1 + codes.indexOf(code)
  settings = { PORT: String(PORT), HOST: '127.0.0.1', WHTH_DATABASE_URL: database.url }
})

afterAll(async () => {
  await database.drop()
  await rm(dataDir, { recursive: true, force: true })
})

describe('lcr serve', () => {
  it('serves several participants in one process, one without a database, until it is told to stop', async () => {
    const { child, output } = serve('hpft', 'whth')
    for (const code of ['hpft', 'whth']) {
      expect(await isReady(portOf(code)), `${code}\n${output()}`).toBe(true)
    }
    child.kill('SIGTERM')
    const [exitCode] = await once(child, 'exit')
    expect(exitCode).toBe(0)
    await expect(fetch(`http://127.0.0.1:${portOf('hpft')}/health/live`)).rejects.toThrow()
    await keepPrinted('commands', output())
  })

  it.each([
    [
      'a port for several',
      ['serve', 'hpft', 'whth', '--port', '4000'],
      '--port is for one participant',
    ],
    ['an unknown participant', ['serve', 'hpft', 'xyz'], "There is no participant 'xyz'"],
    ['a record without a database', ['serve', 'hpft', 'sel'], 'SEL_DATABASE_URL is absent'],
  ])('ends at once with one clear line for %s', async (_what, args, line) => {
    const run = await runLcr(dataDir, args, '', settings)
    expect(run.code).toBe(1)
    expect(run.err).toContain(line)
  })
})

function serve(...codes: readonly string[]): { child: ChildProcess; output: () => string } {
  const command = join(projectRoot, 'dist', 'cli', 'lcr.js')
  const child = spawn(process.execPath, [command, 'serve', ...codes], {
    env: { PATH: process.env['PATH'] ?? '', LCR_DATA_DIR: dataDir, ...settings },
  })
  let said = ''
  const keep = (text: Buffer) => {
    said += text.toString()
  }
  child.stdout.on('data', keep)
  child.stderr.on('data', keep)
  return { child, output: () => said }
}

async function isReady(port: number): Promise<boolean> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const answer = await fetch(`http://127.0.0.1:${port}/health/ready`).catch(() => null)
    if (answer?.ok) return true
    await wait(150)
  }
  return false
}
