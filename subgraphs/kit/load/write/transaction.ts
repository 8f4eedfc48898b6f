import { type Kysely, sql } from 'kysely'

/** Connections with a transaction open. */
const open = new WeakSet<object>()

/**
 * Does all of the work or none of it. `db` must be one connection; lookups of the work go through
 * the same one, which Kysely's own transactions do not let them. Within another transaction it is a part
 * of it, and is seen when that one is over.
 */
export async function inTransaction<Database, Result>(
  db: Kysely<Database>,
  work: () => Promise<Result>,
): Promise<Result> {
  if (open.has(db)) return inSavepoint(db, work)
  await sql`begin`.execute(db)
  open.add(db)
  try {
    const result = await work()
    await sql`commit`.execute(db)
    return result
  } catch (error) {
    await sql`rollback`.execute(db)
    throw error
  } finally {
    open.delete(db)
  }
}

async function inSavepoint<Database, Result>(
  db: Kysely<Database>,
  work: () => Promise<Result>,
): Promise<Result> {
  await sql`savepoint part`.execute(db)
  try {
    const result = await work()
    await sql`release savepoint part`.execute(db)
    return result
  } catch (error) {
    await sql`rollback to savepoint part`.execute(db)
    await sql`release savepoint part`.execute(db)
    throw error
  }
}

/** True when the database refused a value, so that the same statement without it would pass. */
export function isRefusedValue(error: unknown): boolean {
  const { code } = error as { code?: unknown }
  // Classes of PostgreSQL: data exception, integrity constraint, limit exceeded.
  return typeof code === 'string' && /^(22|23|54)/.test(code)
}
