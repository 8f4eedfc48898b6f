import { type Kysely, sql } from 'kysely'
import type { AccessEvent } from '../../../audit/entries.ts'
import type { AuditDatabase } from '../../../audit/store/tables.ts'

/** A place in the audit trail, over all its writers. */
export interface TrailCursor {
  readonly xid: string
  readonly position: string
}

/** Before the first entry. */
export const BEGINNING: TrailCursor = { xid: '0', position: '0' }

/** The next access events behind a cursor, and the cursor behind them. */
export interface TrailPage {
  readonly events: readonly AccessEvent[]
  readonly end: TrailCursor
}

/**
 * The next access events, oldest first. What a running transaction could still write before them is
 * waited for: nothing is ever passed by.
 */
export async function readTrail(
  audit: Kysely<AuditDatabase>,
  after: TrailCursor,
  limit: number,
): Promise<TrailPage> {
  const { rows } = await sql<TrailCursor & { body: string }>`
    select xid::text as xid, position::text as position, body::text as body from audit_entry
    where kind = 'ACCESS'
      and (xid, position) > (${after.xid}::xid8, ${after.position}::bigint)
      and xid < pg_snapshot_xmin(pg_current_snapshot())
    order by audit_entry.xid, audit_entry.position limit ${limit}`.execute(audit)
  const last = rows.at(-1)
  return {
    events: rows.map(({ body }) => JSON.parse(body) as AccessEvent),
    end: last ? { xid: last.xid, position: last.position } : after,
  }
}

/** The last access event that is committed now; null when there is none. */
export async function lastOfTrail(audit: Kysely<AuditDatabase>): Promise<TrailCursor | null> {
  const { rows } = await sql<TrailCursor>`
    select xid::text as xid, position::text as position from audit_entry where kind = 'ACCESS'
    order by audit_entry.xid desc, audit_entry.position desc limit 1`.execute(audit)
  return rows[0] ?? null
}

/** Whether a cursor is at another or behind it. */
export function hasReached(cursor: TrailCursor, other: TrailCursor): boolean {
  const [xid, otherXid] = [BigInt(cursor.xid), BigInt(other.xid)]
  return xid > otherXid || (xid === otherXid && BigInt(cursor.position) >= BigInt(other.position))
}
