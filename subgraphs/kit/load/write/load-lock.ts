import { type Kysely, sql } from 'kysely'

/** Advisory lock of a participant's database for who loads. */
const LOAD_LOCK = 7_220_001

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
    select pg_try_advisory_lock(${LOAD_LOCK}) as free`.execute(db)
  if (rows[0]?.free !== true) {
    onWait()
    await sql`select pg_advisory_lock(${LOAD_LOCK})`.execute(db)
  }
  try {
    return await work()
  } finally {
    await sql`select pg_advisory_unlock(${LOAD_LOCK})`.execute(db)
  }
}

/** Does the work as the only loader of this database, or not at all while another loads. */
export async function ifNobodyLoads<Database>(
  db: Kysely<Database>,
  work: () => Promise<void>,
): Promise<void> {
  const { rows } = await sql<{ free: boolean }>`
    select pg_try_advisory_lock(${LOAD_LOCK}) as free`.execute(db)
  if (rows[0]?.free !== true) return
  try {
    await work()
  } finally {
    await sql`select pg_advisory_unlock(${LOAD_LOCK})`.execute(db)
  }
}
