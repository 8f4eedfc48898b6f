import { rmSync } from 'node:fs'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDataFolder } from '../../cli/start/data-folder.ts'
import { findFreePort } from '../../cli/start/ports.ts'
import { findBinaries } from '../../cli/start/postgres/binaries.ts'
import { initialise } from '../../cli/start/postgres/init.ts'
import { findPostgresUser } from '../../cli/start/postgres/run-as.ts'
import { type PostgresServer, startServer } from '../../cli/start/postgres/server.ts'

const PASSWORD = 'postgres'

/** A PostgreSQL of a test's own, in a temporary folder. */
export interface TestPostgres {
  /** As its owner: `postgres://user:password@host:port/postgres`. */
  readonly url: string
  /** What it writes: its log. */
  readonly log: string
  /** Stops it, and starts it again on the same port with the same data. */
  stop(): Promise<void>
  start(): Promise<void>
  /** Ends it and removes its folder. */
  remove(): Promise<void>
}

/**
 * Starts a PostgreSQL as `lcr start` starts its own, so that tests run wherever that does. It does not
 * outlive the process.
 */
export async function startPostgres(
  settings: Readonly<Record<string, string>> = {},
): Promise<TestPostgres> {
  const path = await mkdtemp(join(tmpdir(), 'lcr-test-postgres-'))
  // PostgreSQL runs as another user when the tests run as root, and must reach its folder.
  await chmod(path, 0o755)
  try {
    const folder = await openDataFolder(path)
    const binaries = await findBinaries()
    const user = await findPostgresUser([binaries.postgres, path])
    await initialise(folder, { binaries, user, password: PASSWORD })
    const port = await findFreePort(0, 0)
    let server: PostgresServer | undefined
    const start = async () => {
      server = await startServer(folder, { binaries, user, port, settings })
    }
    const stop = async () => {
      await server?.stop()
      server = undefined
    }
    await start()
    const endAtOnce = () => {
      if (server) process.kill(server.pid, 'SIGQUIT')
      rmSync(path, { recursive: true, force: true, maxRetries: 5 })
    }
    process.once('exit', endAtOnce)
    return {
      url: `postgres://postgres:${PASSWORD}@127.0.0.1:${port}/postgres`,
      log: join(folder.logs, 'postgres.log'),
      stop,
      start,
      async remove() {
        await stop()
        process.off('exit', endAtOnce)
        await rm(path, { recursive: true, force: true })
      },
    }
  } catch (error) {
    await rm(path, { recursive: true, force: true })
    throw error
  }
}
