import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { findDatabaseUrl } from '../../cli/load/find-database-url.ts'
import { ensureKeys } from '../../cli/start/keys.ts'
import { GATEWAY } from '../../cli/start/postgres/databases.ts'
import { readConfig } from '../../gateway/config.ts'
import { signPersonaToken } from '../../gateway/identity/development-issuer.ts'
import { personas } from '../../gateway/identity/personas.ts'
import { projectRoot } from '../../project-root.ts'
import { findParticipants } from '../../subgraphs/kit/find-participants.ts'
import { type FaultyProxy, startFaultyProxy } from '../../test/support/faulty-proxy.ts'
import { usedHeapMb } from './used-heap.ts'

/** The whole system as `npm start` starts it, mostly with a faulty proxy before each subgraph. */
export interface SoakSystem {
  readonly url: string
  readonly proxies: ReadonlyMap<string, FaultyProxy>
  /**
   * How long the slowest answer of a source took since this was asked last, by the clock of the proxy
   * before it, in milliseconds; null when there was none.
   */
  takeSlowest(): number | null
  /** @param odsCode another organisation than the persona's own */
  token(persona: string, odsCode?: string): Promise<string>
  /** Resident memory of the gateway's process, in MB. */
  memory(): Promise<number>
  /** What the gateway's process keeps once all garbage is collected, in MB. */
  usedHeap(): Promise<number>
  /** The processor's time that the gateway's process has taken, in milliseconds; NaN where it is not Linux. */
  processorMs(): Promise<number>
  /** The gateway's own database. */
  databaseUrl(): Promise<string>
  stop(): Promise<void>
}

/**
 * Starts it in a folder of its own, on this port and those after it.
 *
 * @param own settings beside the usual ones
 * @param how.isDirect true: without the proxies, which take their part of a busy machine
 */
export async function startSoakSystem(
  port: number,
  own: Readonly<Record<string, string>> = {},
  { isDirect = false }: { readonly isDirect?: boolean } = {},
): Promise<SoakSystem> {
  const dataDir = await mkdtemp(join(tmpdir(), 'lcr-soak-'))
  const participants = await findParticipants()
  const proxies = new Map<string, FaultyProxy>()
  let slowest: number | null = null
  const onAnswered = (tookMs: number) => {
    slowest = Math.max(slowest ?? 0, tookMs)
  }
  for (const [place, { code }] of isDirect ? [] : participants.entries()) {
    const target = `http://127.0.0.1:${port + 1 + place}/graphql`
    proxies.set(code, await startFaultyProxy(target, onAnswered))
  }
  const settings = {
    ...process.env,
    NODE_ENV: 'development',
    PORT: String(port),
    LCR_DATA_DIR: dataDir,
    LCR_POPULATION_PATIENTS: '100',
    // One caller asks for all: what a caller may ask in a minute is not what is tried here.
    LCR_OPERATIONS_PER_MINUTE: '1000000',
    LCR_PATIENTS_PER_MINUTE: '1000000',
    LCR_ALERT_PATIENTS_PER_HOUR: '100000',
    ...Object.fromEntries(
      [...proxies].map(([code, proxy]) => [`${code.toUpperCase()}_URL`, proxy.url]),
    ),
    ...own,
  }
  const launcher = spawn(process.execPath, ['dist/cli/lcr.js', 'start'], {
    cwd: projectRoot,
    env: settings,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const config = readConfig(settings, participants)
  const url = `http://127.0.0.1:${config.port}`
  await welcomed(launcher)
  const { issuer } = await ensureKeys(dataDir)
  return {
    url,
    proxies,
    takeSlowest() {
      const taken = slowest
      slowest = null
      return taken
    },
    async token(key, odsCode) {
      const persona = personas.find((one) => one.key === key)
      if (!persona) throw new Error(`There is no persona ${key}`)
      const placed = { ...persona, odsCode: odsCode ?? persona.odsCode }
      return signPersonaToken(placed, { privateKey: issuer.privateJwk })
    },
    async memory() {
      return (await gatewayOf(launcher)).memory
    },
    async usedHeap() {
      return usedHeapMb(Number((await gatewayOf(launcher)).pid))
    },
    async processorMs() {
      return processorMsOf((await gatewayOf(launcher)).pid)
    },
    async databaseUrl() {
      const found = await findDatabaseUrl(config, GATEWAY)
      if (found === null) throw new Error('The system has no database')
      return found
    },
    async stop() {
      const ended = new Promise((resolve) => launcher.once('exit', resolve))
      launcher.kill('SIGINT')
      await ended
      await Promise.all([...proxies.values()].map((proxy) => proxy.close()))
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

/** Resolves when the launcher says that everything is there. */
async function welcomed(launcher: ChildProcess): Promise<void> {
  for await (const chunk of launcher.stdout ?? []) {
    if (String(chunk).includes('/graphql')) {
      launcher.stdout?.resume()
      return
    }
  }
  throw new Error('The system did not start')
}

const run = promisify(execFile)

/** The gateway's process, with its resident memory in MB. */
async function gatewayOf(launcher: ChildProcess): Promise<{ pid: string; memory: number }> {
  const { stdout } = await run('ps', ['-eo', 'ppid=,pid=,rss=,args='])
  const line = stdout
    .split('\n')
    .map((one) => one.trim().split(/\s+/))
    .find(([parent, , , ...args]) => Number(parent) === launcher.pid && args.includes('gateway'))
  return { pid: line?.[1] ?? '', memory: Number(line?.[2] ?? Number.NaN) / 1024 }
}

/** Of all its threads: what the kernel has given each, in nanoseconds. */
async function processorMsOf(pid: string): Promise<number> {
  const tasks = `/proc/${pid}/task`
  const threads = await readdir(tasks).catch(() => null)
  if (!threads) return Number.NaN
  const times = threads.map((thread) => readFile(`${tasks}/${thread}/schedstat`, 'utf8'))
  return (await Promise.all(times)).reduce((sum, text) => sum + Number.parseInt(text, 10), 0) / 1e6
}
