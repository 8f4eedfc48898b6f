import type { Kysely } from 'kysely'
import type { AuditDatabase } from '../../gateway/audit/store/tables.ts'
import type { Config } from '../../gateway/config.ts'
import { connect } from '../../subgraphs/kit/store/connect.ts'
import { findDatabaseUrl } from '../load/find-database-url.ts'
import { AUDIT } from '../start/postgres/databases.ts'
import { readSettings } from '../start/read-settings.ts'
import { AuditProblem } from './problem.ts'

/** The audit store as a command finds it, and the settings that it was found by. */
export interface OpenedStore {
  readonly db: Kysely<AuditDatabase>
  readonly config: Config
}

/**
 * Opens the audit store: the one that is given, the settings', or the running system's own.
 *
 * @throws AuditProblem when none is known
 */
export async function openAuditStore(databaseUrl: string | undefined): Promise<OpenedStore> {
  const settings = await readSettings()
  if ('problem' in settings) throw new AuditProblem(settings.problem)
  const { config } = settings
  const url = databaseUrl ?? (await findDatabaseUrl(config, AUDIT))
  if (url === null) throw new AuditProblem(NONE)
  return { db: connectTo(url), config }
}

/** @throws AuditProblem when it is no URL of a PostgreSQL database */
export function connectTo(url: string): Kysely<AuditDatabase> {
  if (!/^postgres(ql)?:\/\//.test(url) || !URL.canParse(url)) throw new AuditProblem(NO_URL)
  return connect<AuditDatabase>(url, 2)
}

const NONE =
  "no audit store is known. Start the system with 'npm start', or set LCR_AUDIT_DATABASE_URL, or give --database-url"
const NO_URL = 'the database URL must be like postgres://user:password@host:port/database'
