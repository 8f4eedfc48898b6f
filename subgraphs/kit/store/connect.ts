import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'

/**
 * Opens a pool of connections to one PostgreSQL database.
 *
 * @param url `postgres://user:password@host:port/database`
 * @param maxConnections upper bound of open connections
 */
export function connect<Database>(url: string, maxConnections = 10): Kysely<Database> {
  const pool = new pg.Pool({ connectionString: url, max: maxConnections, application_name: 'lcr' })
  // An idle connection that breaks is replaced at the next query; without a listener Node would exit.
  pool.on('error', () => {})
  return new Kysely<Database>({ dialect: new PostgresDialect({ pool }) })
}
