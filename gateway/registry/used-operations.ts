import { type Kysely, sql } from 'kysely'
import type { AuditDatabase } from '../audit/store/tables.ts'
import type { UsedOperation } from './used-operation.ts'

/** So many operations are given, those used last first. */
const MOST_OPERATIONS = 2000

/** The texts of all of them take no more bytes than this. */
const MOST_BYTES = 20_000_000

/** So many programs are named for each. */
const MOST_CLIENTS = 20

/** So many entries of the trail are counted in one statement, which takes less than a second. */
const ENTRIES_AT_ONCE = 20_000

/**
 * The operations that people with a genuine token sent since a day (UTC), those used last first. The
 * trail is counted as far as it was not yet: seconds for each million of entries since the last time.
 * Operations that ask for nothing about a patient, such as who takes part, are not in the trail; nor
 * is yet what was written while a transaction of the database server runs that began before it.
 */
export async function findUsedOperations(
  db: Kysely<AuditDatabase>,
  since: Date,
): Promise<UsedOperation[]> {
  await countUsedOperations(db)
  const { rows } = await sql<UsedRow>`
    with used as (
      select digest, client, sum(times) as times, max(last_used) as last_used
      from operation_use where day >= (${since}::timestamptz at time zone 'UTC')::date
      group by digest, client
    ), latest as (
      select digest, sum(times)::text as times, max(last_used) as last_used,
        (array_agg(client order by times desc, client))[1:${sql.lit(MOST_CLIENTS)}] as clients
      from used group by digest order by max(last_used) desc, digest limit ${MOST_OPERATIONS}
    ), sized as (
      select latest.*, operation.text,
        sum(octet_length(operation.text)) over (order by last_used desc, latest.digest) as bytes
      from latest join operation using (digest)
    )
    select digest, text, clients, times, last_used from sized
    where bytes <= ${MOST_BYTES} order by last_used desc, digest`.execute(db)
  return rows.map(toUsedOperation)
}

/**
 * Counts what the trail has gained. To be called now and then as well, so that nobody who publishes
 * waits for a month of it; several processes may do so at once.
 */
export async function countUsedOperations(db: Kysely<AuditDatabase>): Promise<void> {
  for (let hasMore = true; hasMore; ) {
    const { rows } = await sql<{ has_more: boolean }>`
      select audit_count_operations(${ENTRIES_AT_ONCE}) as has_more`.execute(db)
    hasMore = rows[0]?.has_more === true
  }
}

interface UsedRow {
  readonly digest: string
  readonly text: string
  readonly clients: readonly string[]
  readonly times: string
  readonly last_used: Date
}

function toUsedOperation({ digest, text, clients, times, last_used }: UsedRow): UsedOperation {
  return {
    digest,
    text,
    name: nameIn(text),
    clients,
    times: Number(times),
    lastUsed: last_used.toISOString(),
  }
}

/** The trail's texts are printed: the operation stands first. */
function nameIn(text: string): string | null {
  return /^(?:query|mutation)\s+(\w+)/.exec(text)?.[1] ?? null
}
