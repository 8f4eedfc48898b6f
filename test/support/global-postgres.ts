import { rmSync } from 'node:fs'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { openDataFolder } from '../../cli/start/data-folder.ts'
import { findFreePort } from '../../cli/start/ports.ts'
import { findBinaries } from '../../cli/start/postgres/binaries.ts'
import { initialise } from '../../cli/start/postgres/init.ts'
import { findPostgresUser } from '../../cli/start/postgres/run-as.ts'
import { startServer } from '../../cli/start/postgres/server.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** The whole run's PostgreSQL, as its owner: `postgres://user:password@host:port/postgres`. */
    postgresUrl: string
  }
}

const PASSWORD = 'postgres'

/** Nothing of a test run has to outlive a lost machine. */
const HASTY = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }

/**
 * One PostgreSQL for the whole test run, in its own temporary folder; both are gone afterwards. It is
 * started as `lcr start` starts its own, so that tests run wherever that does.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const path = await mkdtemp(join(tmpdir(), 'lcr-test-postgres-'))
  // PostgreSQL runs as another user when the tests run as root, and must reach its folder.
  await chmod(path, 0o755)
  try {
    const folder = await openDataFolder(path)
    const binaries = await findBinaries()
    const user = await findPostgresUser([binaries.postgres, path])
    await initialise(folder, { binaries, user, password: PASSWORD })
    const port = await findFreePort(0, 0)
    const server = await startServer(folder, { binaries, user, port, settings: HASTY })
    const endAtOnce = () => {
      process.kill(server.pid, 'SIGQUIT')
      rmSync(path, { recursive: true, force: true, maxRetries: 5 })
    }
    process.once('exit', endAtOnce)
    project.provide('postgresUrl', `postgres://postgres:${PASSWORD}@127.0.0.1:${port}/postgres`)
    return async () => {
      await server.stop()
      process.off('exit', endAtOnce)
      await rm(path, { recursive: true, force: true })
    }
  } catch (error) {
    await rm(path, { recursive: true, force: true })
    throw error
  }
}
