import { type Kysely, sql } from 'kysely'
import type { AccessEvent, Outcome } from '../../../audit/entries.ts'
import type { AuditDatabase } from '../../../audit/store/tables.ts'
import { MARKS_OF_DOUBT } from './wrong-records.ts'

/** A place in the audit trail, over all its writers. */
export interface TrailCursor {
  readonly xid: string
  readonly position: string
}

/** Before the first entry. */
export const BEGINNING: TrailCursor = { xid: '0', position: '0' }

/** The next entries behind a cursor that rules look at, and the cursor behind them. */
export interface TrailPage {
  /** How many there are of both kinds. */
  readonly count: number
  readonly events: readonly AccessEvent[]
  /** Of accesses to a record of which something is doubtful. */
  readonly outcomes: readonly Outcome[]
  readonly end: TrailCursor
}

/** Every access event, and of outcomes those that tell of a doubtful record. */
const WATCHED = sql`(
  kind = 'ACCESS' or (
    kind = 'OUTCOME' and body::text like any (${MARKS_OF_DOUBT.map((mark) => `%${mark}%`)}::text[])
  )
)`

/**
 * The next entries that rules look at, oldest first. What a running transaction could still write before them is
 * waited for: nothing is ever passed by.
 */
export async function readTrail(
  audit: Kysely<AuditDatabase>,
  after: TrailCursor,
  limit: number,
): Promise<TrailPage> {
  const { rows } = await sql<TrailCursor & { body: string }>`
    select xid::text as xid, position::text as position, body::text as body from audit_entry
    where ${WATCHED}
      and (xid, position) > (${after.xid}::xid8, ${after.position}::bigint)
      and xid < pg_snapshot_xmin(pg_current_snapshot())
    order by audit_entry.xid, audit_entry.position limit ${limit}`.execute(audit)
  const last = rows.at(-1)
  const entries = rows.map(({ body }) => JSON.parse(body) as AccessEvent | Outcome)
  return {
    count: entries.length,
    events: entries.filter((entry) => entry.kind === 'ACCESS'),
    outcomes: entries.filter((entry) => entry.kind === 'OUTCOME'),
    end: last ? { xid: last.xid, position: last.position } : after,
  }
}

/** The last entry that rules look at and that is committed now; null when there is none. */
export async function lastOfTrail(audit: Kysely<AuditDatabase>): Promise<TrailCursor | null> {
  const { rows } = await sql<TrailCursor>`
    select xid::text as xid, position::text as position from audit_entry where ${WATCHED}
    order by audit_entry.xid desc, audit_entry.position desc limit 1`.execute(audit)
  return rows[0] ?? null
}

/** Whether a cursor is at another or behind it. */
export function hasReached(cursor: TrailCursor, other: TrailCursor): boolean {
  const [xid, otherXid] = [BigInt(cursor.xid), BigInt(other.xid)]
  return xid > otherXid || (xid === otherXid && BigInt(cursor.position) >= BigInt(other.position))
}
