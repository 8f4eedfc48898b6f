import { type ChildProcess, spawn } from 'node:child_process'
import { open, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { DataFolder } from '../data-folder.ts'
import { readIfPresent } from '../data-folder.ts'
import { LOOPBACK } from '../ports.ts'
import { fullDisk, StartProblem } from '../problem.ts'
import type { Binaries } from './binaries.ts'
import { commandAs, type PostgresUser } from './run-as.ts'

/** A PostgreSQL of this launcher's own. */
export interface PostgresServer {
  readonly pid: number
  readonly port: number
  /** Resolves when it is gone, whatever the reason. */
  readonly ended: Promise<void>
  /** Ends sessions and stops; at once and without tidying when `isForced`. */
  stop(isForced?: boolean): Promise<void>
}

const LOOK_EVERY_MS = 20
const PATIENCE_MS = 60_000

/**
 * Starts PostgreSQL on its data folder and waits until it answers. It listens on this machine alone,
 * and stops by itself when the launcher is killed.
 *
 * @param given.settings PostgreSQL's own, beside those that the launcher sets
 * @throws {StartProblem} with PostgreSQL's own reason
 */
export async function startServer(
  folder: DataFolder,
  given: {
    binaries: Binaries
    user: PostgresUser | undefined
    port: number
    settings?: Readonly<Record<string, string>>
  },
): Promise<PostgresServer> {
  const log = join(folder.logs, 'postgres.log')
  const logStart = await stat(log).then(
    ({ size }) => size,
    () => 0,
  )
  const output = await open(log, 'a', 0o600)
  const settings = {
    port: String(given.port),
    listen_addresses: LOOPBACK,
    unix_socket_directories: '',
    max_connections: '300',
    max_wal_size: '2GB',
    shared_buffers: '256MB',
    jit: 'off',
    // Values of rows and of statements stay out of its log.
    log_error_verbosity: 'terse',
    log_min_error_statement: 'panic',
    ...given.settings,
  }
  const { command, args, options } = commandAs(given.user, given.binaries.postgres, [
    '-D',
    folder.postgres,
    ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ])
  const child = spawn(command, args, {
    ...options,
    // Not of the terminal's group: on Ctrl-C it stops after those who use it.
    detached: true,
    env: { PATH: process.env['PATH'], LC_ALL: 'C' },
    stdio: ['ignore', output.fd, output.fd],
  })
  await output.close()
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve()).once('error', () => resolve())
  })
  const { pid } = child
  const guard = pid === undefined ? undefined : guardAgainstOrphan(pid)
  void ended.then(() => guard?.kill('SIGKILL'))
  await waitUntilReady(folder, { ended, log, logStart })
  return {
    pid: pid ?? 0,
    port: given.port,
    ended,
    async stop(isForced = false) {
      child.kill(isForced ? 'SIGQUIT' : 'SIGINT')
      await ended
    },
  }
}

/** A shell that waits for the launcher's end, which no signal handler survives, and then stops PostgreSQL. */
function guardAgainstOrphan(pid: number): ChildProcess {
  const script = 'read -r _; kill -INT "$1" 2>/dev/null'
  return spawn('sh', ['-c', script, 'sh', String(pid)], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  }).on('error', () => {})
}

async function waitUntilReady(
  folder: DataFolder,
  given: { ended: Promise<void>; log: string; logStart: number },
): Promise<void> {
  let hasEnded = false
  void given.ended.then(() => {
    hasEnded = true
  })
  const deadline = Date.now() + PATIENCE_MS
  for (;;) {
    if (hasEnded || Date.now() > deadline) break
    // Its last line is the state, as PostgreSQL's own pg_ctl reads it.
    const claim = await readIfPresent(join(folder.postgres, 'postmaster.pid')).catch(() => '')
    if (claim?.split('\n')[7]?.trim() === 'ready') return
    await wait(LOOK_EVERY_MS)
  }
  const said = (await readFile(given.log)).subarray(given.logStart).toString('utf8')
  if (said.includes('No space left on device')) throw new StartProblem(fullDisk(folder.path))
  const line = said.split('\n').findLast((each) => /FATAL|PANIC|could not/.test(each))
  const reason = line?.replace(/^.*?(FATAL|PANIC|LOG|ERROR): +/, '') ?? 'it gave no reason'
  throw new StartProblem(`PostgreSQL did not start: ${reason} (see ${given.log})`)
}
