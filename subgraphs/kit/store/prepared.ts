import type { PostgresPool, PostgresPoolClient } from 'kysely'
import type pg from 'pg'

/**
 * The beginning of a statement that PostgreSQL is to plan once a connection, not once a call. For
 * statements whose text never changes: each name stays with the connection.
 */
const PREPARED_AS = /^\s*\/\* prepared as ([a-z-]+) \*\//

/** A pool that prepares the statements which begin with `prepared as` and their name in a comment. */
export function preparing(pool: pg.Pool): PostgresPool {
  return {
    async connect() {
      const client = await pool.connect()
      const preparingClient = {
        query(text: string, parameters: readonly unknown[]) {
          const name = PREPARED_AS.exec(text)?.[1]
          return client.query({ text, values: [...parameters], ...(name ? { name } : {}) })
        },
        release: () => client.release(),
      }
      return preparingClient as unknown as PostgresPoolClient
    },
    end: () => pool.end(),
  }
}
