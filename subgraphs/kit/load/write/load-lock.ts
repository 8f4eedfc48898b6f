import { type Kysely, sql } from 'kysely'

/** Advisory locks of a participant's database: one for who loads, one for who numbers changes. */
const locks = { load: 7_220_001, change: 7_220_002 } as const

/**
 * Does the work as the only loader of this database. `db` must be one connection, which holds the
 * lock as long as the work lasts, and loses it with the process.
 *
 * @param onWait called when another load is under way and this one waits
 */
export async function withLoadLock<Database, Result>(
  db: Kysely<Database>,
  onWait: () => void,
  work: () => Promise<Result>,
): Promise<Result> {
  const { rows } = await sql<{ free: boolean }>`
    select pg_try_advisory_lock(${locks.load}) as free`.execute(db)
  if (rows[0]?.free !== true) {
    onWait()
    await sql`select pg_advisory_lock(${locks.load})`.execute(db)
  }
  try {
    return await work()
  } finally {
    await sql`select pg_advisory_unlock(${locks.load})`.execute(db)
  }
}

/** Does the work as the only loader of this database, or not at all while another loads. */
export async function ifNobodyLoads<Database>(
  db: Kysely<Database>,
  work: () => Promise<void>,
): Promise<void> {
  const { rows } = await sql<{ free: boolean }>`
    select pg_try_advisory_lock(${locks.load}) as free`.execute(db)
  if (rows[0]?.free !== true) return
  try {
    await work()
  } finally {
    await sql`select pg_advisory_unlock(${locks.load})`.execute(db)
  }
}

/**
 * Until this transaction ends nobody else numbers changes, so that numbers become visible in their
 * order and a reader of the feed misses none. Whoever numbers changes holds it: the feed itself waits for
 * nobody, since a load may take long.
 */
export async function holdChangeOrder<Database>(db: Kysely<Database>): Promise<void> {
  await sql`select pg_advisory_xact_lock(${locks.change})`.execute(db)
}
