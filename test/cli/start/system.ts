import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { projectRoot } from '../../../project-root.ts'
import { keepPrinted } from '../../support/printed.ts'

/** A run of `lcr start` as a person at a terminal sees it. */
export interface Run {
  readonly process: ChildProcess
  output(): string
  /** Resolves once the output holds the words; rejects with the whole output when the run ends first. */
  says(words: string): Promise<void>
  /** The exit code, or the signal. */
  ended(): Promise<number | string>
}

const COMMAND = join(projectRoot, 'dist', 'cli', 'lcr.js')

/** A data folder and thirteen ports of a test's own. */
export async function createPlace(): Promise<{
  readonly dataDir: string
  readonly port: number
  start(settings?: Record<string, string>): Run
  processes(): Promise<number[]>
  remove(): Promise<void>
}> {
  const dataDir = await mkdtemp(join(tmpdir(), 'lcr-start-'))
  const port = await findPorts(13)
  const own = {
    LCR_DATA_DIR: dataDir,
    PORT: String(port),
    LCR_POPULATION_PATIENTS: '30',
    // A machine that runs tests is often late.
    LCR_MAX_EVENT_LOOP_DELAY_MS: '1000',
    LCR_MAX_WAIT_MS: '60000',
  }
  const runs: Run[] = []
  return {
    dataDir,
    port,
    start(settings = {}) {
      const started = run(['start'], { ...own, ...settings })
      runs.push(started)
      return started
    },
    processes: () => findProcesses(`LCR_DATA_DIR=${dataDir}`),
    async remove() {
      for (const each of runs) each.process.kill('SIGKILL')
      for (const pid of await findProcesses(`LCR_DATA_DIR=${dataDir}`)) process.kill(pid, 'SIGKILL')
      const logs = join(dataDir, 'logs')
      for (const name of await readdir(logs).catch(() => [])) {
        await keepPrinted(`start-${name}`, await readFile(join(logs, name), 'utf8'))
      }
      await rm(dataDir, { recursive: true, force: true, maxRetries: 10 })
    },
  }
}

/** Runs a command of `lcr` from the bundle. */
export function run(args: readonly string[], settings: Record<string, string>): Run {
  const env = { PATH: process.env['PATH'], HOME: process.env['HOME'], ...settings }
  const child = spawn(process.execPath, [COMMAND, ...args], { env, stdio: 'pipe' })
  let output = ''
  let end: number | string | undefined
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text
      child.emit('said')
    })
  }
  child.once('close', (code, signal) => {
    // Whoever asks for a report or an export is shown what it is about: all else is printed in passing.
    const isAskedFor = args[0] === 'audit' && args[1] !== 'verify'
    if (!isAskedFor) void keepPrinted('commands', output)
    end = code ?? signal ?? ''
    child.emit('said')
  })
  return {
    process: child,
    output: () => output,
    async says(words) {
      while (!output.includes(words)) {
        if (end !== undefined) throw new Error(`It ended without '${words}':\n${output}`)
        await once(child, 'said')
      }
    },
    async ended() {
      while (end === undefined) await once(child, 'said')
      return end
    },
  }
}

/** Far longer than anything takes here, for machines that are busy with other things. */
const AT_LAST_MS = 25_000

/** Waits until something holds; what is asked gets an answer without delay on most machines. */
export async function eventually(
  holds: () => Promise<boolean>,
  withinMs = AT_LAST_MS,
): Promise<void> {
  const deadline = Date.now() + withinMs
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`It did not come to hold in ${withinMs} ms`)
    await wait(20)
  }
}

async function findProcesses(setting: string): Promise<number[]> {
  const pids = (await readdir('/proc')).filter((entry) => /^\d+$/.test(entry))
  const found = await Promise.all(
    pids.map(async (pid) => {
      const environment = await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '')
      return environment.split('\0').includes(setting) ? [Number(pid)] : []
    }),
  )
  return found.flat()
}

export async function findPorts(count: number): Promise<number> {
  for (let tries = 0; tries < 100; tries++) {
    // Below the range from which systems hand out ports by themselves.
    const first = 12_000 + 16 * Math.floor(Math.random() * 1_000)
    const ports = Array.from({ length: count }, (_, index) => first + index)
    if ((await Promise.all(ports.map(isFree))).every(Boolean)) return first
  }
  throw new Error(`There are no ${count} free ports in a row`)
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer()
  try {
    server.listen(port, '127.0.0.1')
    await once(server, 'listening')
    server.close()
    await once(server, 'close')
    return true
  } catch {
    // Somebody has it.
    return false
  }
}
