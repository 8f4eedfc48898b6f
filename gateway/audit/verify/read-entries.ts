import { type RawBuilder, sql, type Transaction } from 'kysely'
import type { Entry } from '../chain.ts'
import type { AuditDatabase } from '../store/tables.ts'
import type { SearchColumns } from './columns.ts'

/** An entry as it is found in the store, whatever became of it. */
export interface StoredEntry extends Entry {
  /** What PostgreSQL read out of the body. */
  readonly columns: SearchColumns
  /** Where it comes in the reading order over all chains. */
  readonly place: { readonly xid: bigint; readonly position: bigint }
}

/** Which part of a chain is read: after one entry, up to and with another. */
export interface ChainPart {
  readonly writer: string
  readonly after: number
  readonly upTo: number
}

const PAGE = 1000

/**
 * The entries of the trail in pages, chain after chain in the order of their numbers; or of a part of
 * one chain. What is read is one snapshot, and memory holds one page of it.
 */
export async function* readEntries(
  snapshot: Transaction<AuditDatabase>,
  part?: ChainPart,
): AsyncGenerator<readonly StoredEntry[]> {
  // A cursor wants its first page soon: by the index, not by a sort of millions.
  await sql`set local cursor_tuple_fraction = 0.0001`.execute(snapshot)
  await sql`
    declare entries no scroll cursor for
    select writer, sequence, recorded_at, body::text, previous_hash, hash, xid::text, position,
      kind, event, category, refusal, nhs_number, user_id, ods_code, participant
    from audit_entry
    where ${part ? conditionOf(part) : sql`true`}
    order by writer, sequence, recorded_at`.execute(snapshot)
  for (;;) {
    const { rows } = await sql<EntryRow>`fetch ${sql.lit(PAGE)} from entries`.execute(snapshot)
    if (rows.length > 0) yield rows.map(toStoredEntry)
    if (rows.length < PAGE) break
  }
  await sql`close entries`.execute(snapshot)
}

/** Written out, since a cursor's declaration takes no parameters. */
function conditionOf({ writer, after, upTo }: ChainPart): RawBuilder<unknown> {
  return sql`writer = ${sql.lit(writer)}
    and sequence > ${sql.lit(after)} and sequence <= ${sql.lit(upTo)}`
}

interface EntryRow extends SearchColumns {
  readonly writer: string
  readonly sequence: string
  readonly recorded_at: Date
  readonly body: string
  readonly previous_hash: Buffer
  readonly hash: Buffer
  readonly xid: string
  readonly position: string
}

function toStoredEntry(row: EntryRow): StoredEntry {
  const { kind, event, category, refusal, nhs_number, user_id, ods_code, participant } = row
  return {
    writer: row.writer,
    sequence: Number(row.sequence),
    recordedAt: row.recorded_at,
    body: row.body,
    previousHash: row.previous_hash,
    hash: row.hash,
    columns: { kind, event, category, refusal, nhs_number, user_id, ods_code, participant },
    place: { xid: BigInt(row.xid), position: BigInt(row.position) },
  }
}
