import { openDataFolder } from '../../cli/start/data-folder.ts'
import { lockDataFolder } from '../../cli/start/lock.ts'
import { findFreePort } from '../../cli/start/ports.ts'
import { findBinaries } from '../../cli/start/postgres/binaries.ts'
import { connectAsOwner } from '../../cli/start/postgres/databases.ts'
import { initialise } from '../../cli/start/postgres/init.ts'
import { endLeftover } from '../../cli/start/postgres/leftover.ts'
import { ensurePasswords } from '../../cli/start/postgres/passwords.ts'
import { findPostgresUser } from '../../cli/start/postgres/run-as.ts'
import { startServer } from '../../cli/start/postgres/server.ts'
import { StartProblem } from '../../cli/start/problem.ts'
import type { OpenDatabase } from './open-database.ts'

/** One participant's records and nobody else's: less than what the whole system's PostgreSQL takes. */
const SETTINGS = { max_connections: '50', shared_buffers: '64MB' }

/**
 * Starts a PostgreSQL of the participant's own in its data folder, with one database.
 *
 * @param given.port of the subgraph, told to whoever starts a second one
 * @throws {StartProblem} when there is none for this machine, or another process has the folder
 */
export async function startEmbedded(given: {
  readonly dataDir: string
  readonly port: number
  readonly code: string
}): Promise<OpenDatabase> {
  const folder = await openDataFolder(given.dataDir)
  const unlock = await lockDataFolder(folder.path, given.port)
  try {
    const binaries = await findBinaries().catch((cause: unknown) => {
      throw new StartProblem(
        'There is no embedded PostgreSQL for this machine: run npm install again, or set DATABASE_URL in .env',
        { cause },
      )
    })
    const user = await findPostgresUser([binaries.postgres, folder.path])
    await endLeftover(folder.postgres)
    const passwordOf = await ensurePasswords(folder.path)
    await initialise(folder, { binaries, user, password: passwordOf('postgres') })
    const port = await findFreePort(given.port, given.port)
    const server = await startServer(folder, { binaries, user, port, settings: SETTINGS })
    const close = () => server.stop().then(unlock)
    try {
      const owner = await connectAsOwner(port, passwordOf)
      await owner.createDatabase(given.code).finally(() => owner.end())
      return { url: owner.urlOf(given.code), ended: server.ended, close }
    } catch (error) {
      await close()
      throw error
    }
  } catch (error) {
    await unlock()
    throw error
  }
}
