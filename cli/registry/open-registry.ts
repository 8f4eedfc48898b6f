import type { Kysely } from 'kysely'
import { migrateRegistry } from '../../gateway/registry/store/migrations.ts'
import type { RegistryDatabase } from '../../gateway/registry/store/tables.ts'
import type { Participant } from '../../subgraphs/kit/participant.ts'
import { connect } from '../../subgraphs/kit/store/connect.ts'
import { findDatabaseUrl } from '../load/find-database-url.ts'
import { GATEWAY } from '../start/postgres/databases.ts'
import { readSettings } from '../start/read-settings.ts'

/** Why something cannot be done, in one line. */
export class RegistryCommandProblem extends Error {}

/**
 * Does something in the registry of the gateway's own database.
 *
 * @param databaseUrl the settings', or the running system's own, when left out
 * @throws {RegistryCommandProblem} when no database is known or none answers
 */
export async function inRegistry<Result>(
  databaseUrl: string | undefined,
  act: (db: Kysely<RegistryDatabase>, participants: readonly Participant[]) => Promise<Result>,
): Promise<Result> {
  const settings = await readSettings()
  if ('problem' in settings) throw new RegistryCommandProblem(settings.problem)
  const url = databaseUrl ?? (await findDatabaseUrl(settings.config, GATEWAY))
  if (url === null) {
    throw new RegistryCommandProblem(
      "no database of the gateway is known. Start the system with 'npm start', or set DATABASE_URL, or give --database-url",
    )
  }
  if (!/^postgres(ql)?:\/\//.test(url)) {
    throw new RegistryCommandProblem(
      'the database URL must be like postgres://user:password@host:port/database',
    )
  }
  const db = connect<RegistryDatabase>(url, 1)
  try {
    await migrateRegistry(db)
    return await act(db, settings.participants)
  } catch (error) {
    if (error instanceof RegistryCommandProblem) throw error
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
    const { code, name } = cause as { code?: unknown; name?: unknown }
    throw new RegistryCommandProblem(
      code === 'ECONNREFUSED'
        ? 'the database does not answer'
        : `it broke off (${typeof code === 'string' ? code : String(name)}); nothing was changed`,
    )
  } finally {
    await db.destroy()
  }
}
