import { type Kysely, sql } from 'kysely'
import type { AccessEvent, Outcome } from '../entries.ts'
import type { AuditDatabase } from '../store/tables.ts'
import type { ExportCursor } from './export-cursor.ts'

/** An event that is complete: what came of it is known, or will not be. */
export interface SettledEvent {
  readonly event: AccessEvent
  /** Null where none was written within the time that there is for it. */
  readonly outcome: Outcome | null
  /** The operation's text without its values; null where it was not kept. */
  readonly operationText: string | null
  /** Where it stands in the trail. */
  readonly entry: {
    readonly writer: string
    readonly sequence: number
    readonly recordedAt: Date
    /** In hexadecimal. */
    readonly hash: string
  }
  readonly cursor: ExportCursor
}

/** What of the trail is read. */
export interface SettledRange {
  readonly after: ExportCursor
  /** Read ends with the first event that was recorded then or later. */
  readonly until: Date | null
  /** So long an event waits for its outcome, in milliseconds. */
  readonly settlesAfterMs: number
  readonly limit: number
}

/**
 * The next events in the reading order, as far as they are settled: the first one that still waits for
 * its outcome ends the page, so that none is ever passed over. Entries of transactions that run, or
 * began before one that runs, are not read yet.
 *
 * @returns the events, and whether there may be more behind them
 */
export async function findSettledEvents(
  db: Kysely<AuditDatabase>,
  range: SettledRange,
): Promise<{ readonly events: readonly SettledEvent[]; readonly hasMore: boolean }> {
  const { after, until, settlesAfterMs, limit } = range
  const { rows } = await sql<EventRow>`
    select entry.*, outcome.body as outcome, operation.text as operation_text
    from (
      select writer, sequence, recorded_at, encode(hash, 'hex') as hash, body, event, xid, position,
        recorded_at < now() - make_interval(secs => ${settlesAfterMs / 1000}) as is_old
      from audit_entry
      where kind = 'ACCESS'
        and (xid, position) > (${String(after.xid)}::xid8, ${String(after.position)}::bigint)
        and xid < pg_snapshot_xmin(pg_current_snapshot())
      order by xid, position
      limit ${limit}
    ) as entry
    left join lateral (
      select body from audit_entry
      where event = entry.event and kind = 'OUTCOME'
        and recorded_at >= entry.recorded_at - interval '1 day'
      limit 1
    ) as outcome on true
    left join operation on operation.digest = entry.body -> 'operation' ->> 'digest'
    order by entry.xid, entry.position`.execute(db)
  const end = rows.findIndex(
    (row) => !(row.outcome || row.is_old) || (until !== null && row.recorded_at >= until),
  )
  const settled = end === -1 ? rows : rows.slice(0, end)
  return {
    events: settled.map(toSettledEvent),
    hasMore: end === -1 && rows.length === limit,
  }
}

interface EventRow {
  readonly writer: string
  readonly sequence: string
  readonly recorded_at: Date
  readonly hash: string
  readonly body: AccessEvent
  readonly xid: string
  readonly position: string
  readonly is_old: boolean
  readonly outcome: Outcome | null
  readonly operation_text: string | null
}

function toSettledEvent(row: EventRow): SettledEvent {
  return {
    event: row.body,
    outcome: row.outcome,
    operationText: row.operation_text,
    entry: {
      writer: row.writer,
      sequence: Number(row.sequence),
      recordedAt: row.recorded_at,
      hash: row.hash,
    },
    cursor: { xid: BigInt(row.xid), position: BigInt(row.position) },
  }
}
