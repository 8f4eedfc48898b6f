import type { ColumnType, Generated, GeneratedAlways } from 'kysely'
import type { Category, EntryBody } from '../entries.ts'

/**
 * The trail. The first six columns are an entry's own and covered by its hash; those after `xid` are
 * read out of the body by PostgreSQL, for searching. Partitioned by month of `recorded_at`.
 */
interface AuditEntryTable {
  writer: string
  /** A `bigint`, which the driver reads as text. */
  sequence: ColumnType<string, number, never>
  /** To the millisecond. */
  recorded_at: ColumnType<Date, Date, never>
  /** `json`, which PostgreSQL keeps to the letter: select `body::text` for what was hashed. */
  body: ColumnType<EntryBody, string, never>
  previous_hash: ColumnType<Buffer, Buffer, never>
  hash: ColumnType<Buffer, Buffer, never>
  /** Orders entries of one transaction; with `xid` it is a cursor over all writers. */
  position: Generated<string>
  /** The writing transaction: older than every running one, and nothing will come before it any more. */
  xid: Generated<string>
  kind: GeneratedAlways<EntryBody['kind']>
  /** Of an event, its id; of an outcome, its event's. */
  event: GeneratedAlways<string | null>
  category: GeneratedAlways<Category | null>
  refusal: GeneratedAlways<string | null>
  nhs_number: GeneratedAlways<string | null>
  user_id: GeneratedAlways<string | null>
  ods_code: GeneratedAlways<string | null>
  participant: GeneratedAlways<string | null>
}

/** The texts of operations, without the values in them; events name them by their digest. */
interface OperationTable {
  /** SHA-256 of the text, in hexadecimal. */
  digest: string
  text: string
  first_seen: Generated<Date>
}

/** The audit store: a database of its own, which the gateway may add to and read, and nothing else. */
export type AuditDatabase = {
  audit_entry: AuditEntryTable
  operation: OperationTable
}
