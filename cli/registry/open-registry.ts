import type { Kysely } from 'kysely'
import { migrateRegistry } from '../../gateway/registry/store/migrations.ts'
import type { RegistryDatabase } from '../../gateway/registry/store/tables.ts'
import type { Participant } from '../../subgraphs/kit/participant.ts'
import { connect } from '../../subgraphs/kit/store/connect.ts'
import { findGatewayUrl } from '../load/find-gateway-url.ts'
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
  const found = await findGatewayUrl(settings.config, databaseUrl)
  if ('problem' in found) throw new RegistryCommandProblem(found.problem)
  const db = connect<RegistryDatabase>(found.url, 1)
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

/**
 * Runs a command of the gateway's operator; why it cannot be done goes to standard error, in one line.
 *
 * @returns the exit code: 0 done, 2 not
 */
export async function runOperating(name: string, run: () => Promise<void>): Promise<number> {
  try {
    await run()
    return 0
  } catch (error) {
    if (!(error instanceof RegistryCommandProblem)) throw error
    process.stderr.write(`lcr ${name}: ${error.message}\n`)
    return 2
  }
}
