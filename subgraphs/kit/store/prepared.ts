import { setTimeout as wait } from 'node:timers/promises'
import type { PostgresPool, PostgresPoolClient } from 'kysely'
import type pg from 'pg'

/**
 * The beginning of a statement that PostgreSQL is to plan once a connection, not once a call. For
 * statements whose text never changes: each name stays with the connection.
 */
const PREPARED_AS = /^\s*\/\* prepared as ([a-z-]+) \*\//

/** What ends the statements of a pool early. */
export interface Ending {
  readonly signal: AbortSignal
  /** Stops what the connection of a process of the database runs; resolves when it has been told. */
  stop(processId: number): Promise<void>
}

/**
 * A pool that prepares the statements which begin with `prepared as` and their name in a comment.
 *
 * @param ending when its signal is aborted, no statement begins any more, and one under way is stopped
 */
export function preparing(pool: pg.Pool, ending?: Ending): PostgresPool {
  return {
    async connect() {
      ending?.signal.throwIfAborted()
      const client = await pool.connect()
      let isLost = false
      // Nobody else hears of a connection that is cut between two statements: Node would exit.
      const onError = () => {
        isLost = true
      }
      client.on('error', onError)
      const preparingClient = {
        async query(text: string, parameters: readonly unknown[]) {
          ending?.signal.throwIfAborted()
          const name = PREPARED_AS.exec(text)?.[1]
          const query = { text, values: [...parameters], ...(name ? { name } : {}) }
          try {
            return await (ending ? runUntil(client, query, ending) : client.query(query))
          } catch (error) {
            isLost ||= !isFromDatabase(error)
            throw error
          }
        },
        // On a connection that gave no answer the next statement would wait for it.
        release() {
          client.removeListener('error', onError)
          client.release(isLost)
        },
      }
      return preparingClient as unknown as PostgresPoolClient
    },
    end: () => pool.end(),
  }
}

async function runUntil(
  client: pg.PoolClient,
  query: pg.QueryConfig,
  { signal, stop }: Ending,
): Promise<pg.QueryResult> {
  const { processID } = client as unknown as { processID: number }
  let isRunning = true
  let stopping: Promise<void> | undefined
  const stopIt = async () => {
    // Told before it has begun the statement, the database stops nothing.
    while (isRunning) {
      await stop(processID).catch(() => {})
      await wait(AGAIN_MS)
    }
  }
  const onAbort = () => {
    stopping = stopIt()
  }
  signal.addEventListener('abort', onAbort, { once: true })
  try {
    return await client.query(query)
  } finally {
    isRunning = false
    signal.removeEventListener('abort', onAbort)
    // Else it could stop the statement of whoever has the connection next.
    await stopping
  }
}

/** Between two tries to stop a statement. */
const AGAIN_MS = 20

/** True for what PostgreSQL itself said: an error with an SQLSTATE. */
function isFromDatabase(error: unknown): boolean {
  const { code } = (error ?? {}) as { code?: unknown }
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code)
}
