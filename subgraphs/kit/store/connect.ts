import { Kysely, PostgresDialect, type PostgresPool } from 'kysely'
import pg from 'pg'
import { preparing } from './prepared.ts'

/** What is known of a database that `connect` has opened. */
interface Connections {
  readonly pool: pg.Pool
  /** Stops statements of the pool: one connection, opened when it is needed. */
  readonly stopping: pg.Pool
  readonly onStatement: ((sql: string) => void) | undefined
}

const connectionsOf = new WeakMap<object, Connections>()

/** How long it may take to tell the database to stop a statement. */
const STOP_WITHIN_MS = 1000

/**
 * Opens a pool of connections to one PostgreSQL database.
 *
 * @param url `postgres://user:password@host:port/database`
 * @param maxConnections upper bound of open connections
 * @param options.statementTimeoutMs a statement that takes longer is ended by the database; so long it
 *   may take to connect
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
  const pool = openPool(url, maxConnections, statementTimeoutMs)
  const stopping = openPool(url, 1, STOP_WITHIN_MS)
  const { connect: open } = preparing(pool)
  const connections = { pool, stopping, onStatement }
  const db = toKysely<Database>({ connect: open, end: async () => {} }, connections)
  // Kysely ends no pool that it has not used itself: `until` uses it beside.
  const destroy = db.destroy.bind(db)
  let ended: Promise<unknown> | undefined
  db.destroy = async () => {
    await destroy()
    ended ??= Promise.all([pool.end(), stopping.end()])
    await ended
  }
  return db
}

/**
 * The same database for one request: when the signal is aborted, no statement begins any more, and
 * one under way is stopped in the database.
 */
export function until<Database>(db: Kysely<Database>, signal: AbortSignal): Kysely<Database> {
  const connections = openedBy(db)
  const { pool, stopping } = connections
  const stop = async (processId: number) => {
    await stopping.query('select pg_cancel_backend($1)', [processId])
  }
  return toKysely<Database>(preparing(pool, { signal, stop }), connections)
}

/**
 * The pool under a database that `connect` has opened.
 *
 * @throws when it is another's
 */
export function poolOf(db: object): pg.Pool {
  return openedBy(db).pool
}

function openedBy(db: object): Connections {
  const connections = connectionsOf.get(db)
  if (!connections) throw new Error('This database was not opened by connect')
  return connections
}

function openPool(url: string, max: number, timeoutMs: number | undefined): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max,
    application_name: 'lcr',
    keepAlive: true,
    // Statements here are short, their cost estimates are not: compiling them would take far longer.
    options: '-c jit=off',
    ...(timeoutMs !== undefined && {
      statement_timeout: timeoutMs,
      // A database that hangs ends nothing itself.
      query_timeout: timeoutMs + 500,
      connectionTimeoutMillis: timeoutMs,
    }),
  })
  // An idle connection that breaks is replaced at the next query; without a listener Node would exit.
  pool.on('error', () => {})
  return pool
}

function toKysely<Database>(pool: PostgresPool, connections: Connections): Kysely<Database> {
  const { onStatement } = connections
  const db = new Kysely<Database>({
    dialect: new PostgresDialect({ pool }),
    ...(onStatement ? { log: ({ query }) => onStatement(query.sql) } : {}),
  })
  connectionsOf.set(db, connections)
  return db
}
