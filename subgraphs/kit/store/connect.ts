import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { preparing } from './prepared.ts'

/**
 * Opens a pool of connections to one PostgreSQL database.
 *
 * @param url `postgres://user:password@host:port/database`
 * @param maxConnections upper bound of open connections
 * @param options.statementTimeoutMs a statement that takes longer is ended by the database
 * @param options.onStatement told of every statement, without its parameters
 */
export function connect<Database>(
  url: string,
  maxConnections = 10,
  options: {
    readonly statementTimeoutMs?: number
    readonly onStatement?: (sql: string) => void
  } = {},
): Kysely<Database> {
  const { statementTimeoutMs, onStatement } = options
  const pool = new pg.Pool({
    connectionString: url,
    max: maxConnections,
    application_name: 'lcr',
    // Statements here are short, their cost estimates are not: compiling them would take far longer.
    options: '-c jit=off',
    ...(statementTimeoutMs === undefined ? {} : { statement_timeout: statementTimeoutMs }),
  })
  // An idle connection that breaks is replaced at the next query; without a listener Node would exit.
  pool.on('error', () => {})
  const db = new Kysely<Database>({
    dialect: new PostgresDialect({ pool: preparing(pool) }),
    ...(onStatement ? { log: ({ query }) => onStatement(query.sql) } : {}),
  })
  pools.set(db, pool)
  return db
}

const pools = new WeakMap<object, pg.Pool>()

/**
 * The pool under a database that `connect` has opened.
 *
 * @throws when it is another's
 */
export function poolOf(db: object): pg.Pool {
  const pool = pools.get(db)
  if (!pool) throw new Error('This database was not opened by connect')
  return pool
}
