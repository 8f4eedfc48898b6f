import { findDatabaseUrl } from '../../cli/load/find-database-url.ts'
import { readConfig } from '../../gateway/config.ts'
import type { KitSettings } from './settings.ts'

/** A participant's database, for as long as it is needed. */
export interface OpenDatabase {
  readonly url: string
  /** Resolves when it has gone by itself; never where it is not this process's own. */
  readonly ended: Promise<void>
  close(): Promise<void>
}

/**
 * The database of the settings; without one, the embedded PostgreSQL, started for it.
 *
 * @throws {StartProblem} when the embedded PostgreSQL cannot be started
 */
export async function openDatabase(settings: KitSettings, code: string): Promise<OpenDatabase> {
  const { databaseUrl, dataDir, port } = settings
  if (databaseUrl !== undefined) return elsewhere(databaseUrl)
  const { startEmbedded } = await import('./embedded-postgres.ts')
  return startEmbedded({ dataDir, port, code })
}

/** The same, beside a subgraph that may run on it. */
export async function joinDatabase(settings: KitSettings, code: string): Promise<OpenDatabase> {
  const { databaseUrl, dataDir } = settings
  const running =
    databaseUrl ?? (await findDatabaseUrl(readConfig({ LCR_DATA_DIR: dataDir }), code))
  return running === null ? openDatabase(settings, code) : elsewhere(running)
}

function elsewhere(url: string): OpenDatabase {
  return { url, ended: new Promise(() => {}), close: async () => {} }
}
