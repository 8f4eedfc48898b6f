import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { AccessEvent, Category, Outcome } from '../entries.ts'
import type { AuditDatabase } from '../store/tables.ts'
import type { EventPosition } from './event-cursor.ts'

/** Which events are asked for; what is left out or null does not matter. */
export interface EventFilter {
  /** Of this person, by all their numbers. */
  readonly nhsNumbers?: readonly string[] | null
  readonly userId?: string | null
  readonly odsCode?: string | null
  /** By staff of this participant. */
  readonly participant?: string | null
  /** Recorded at or after this moment. */
  readonly from?: Date | null
  /** Recorded before this moment. */
  readonly until?: Date | null
  readonly category?: Category | null
  readonly isPermitted?: boolean | null
}

/** An event as it stands in the trail, with what came of it. */
export interface FoundEvent extends EventPosition {
  readonly event: AccessEvent
  /** Null until it is written, and of what ended before it could be. */
  readonly outcome: Outcome | null
}

/** Events in their order, the newest first, and whether there are more behind them. */
export interface FoundEvents {
  readonly events: readonly FoundEvent[]
  readonly hasNextPage: boolean
}

/**
 * Events, the newest first: by the time they were recorded, then by writer and sequence number, so
 * that no two stand in the same place. `after` is such a place: what was recorded since changes
 * nothing on the pages behind it.
 */
export async function findEvents(
  db: Kysely<AuditDatabase>,
  filter: EventFilter,
  page: { readonly first: number; readonly after?: EventPosition | null },
): Promise<FoundEvents> {
  const conditions = [...toConditions(filter), ...(page.after ? beyond(page.after) : [])]
  const { rows } = await sql<EventRow>`
    select writer, sequence, recorded_at, body from audit_entry
    where kind = 'ACCESS' and ${sql.join(conditions, sql` and `)}
    order by recorded_at desc, writer desc, sequence desc
    limit ${page.first + 1}`.execute(db)
  const shown = rows.slice(0, page.first)
  const outcomes = await findOutcomes(db, shown)
  return {
    events: shown.map((row) => ({
      writer: row.writer,
      sequence: Number(row.sequence),
      recordedAt: row.recorded_at,
      event: row.body,
      outcome: outcomes.get(row.body.event) ?? null,
    })),
    hasNextPage: rows.length > page.first,
  }
}

interface EventRow {
  readonly writer: string
  readonly sequence: string
  readonly recorded_at: Date
  readonly body: AccessEvent
}

function toConditions(filter: EventFilter): RawBuilder<unknown>[] {
  const { nhsNumbers, userId, odsCode, participant, from, until, category, isPermitted } = filter
  const conditions: (RawBuilder<unknown> | null)[] = [
    nhsNumbers ? sql`nhs_number = any (${[...nhsNumbers]}::text[])` : null,
    userId == null ? null : sql`user_id = ${userId}`,
    odsCode == null ? null : sql`ods_code = ${odsCode}`,
    participant == null ? null : sql`participant = ${participant}`,
    from ? sql`recorded_at >= ${from}::timestamptz` : null,
    until ? sql`recorded_at < ${until}::timestamptz` : null,
    category == null ? null : sql`category = ${category}`,
    isPermitted == null ? null : isPermitted ? sql`refusal is null` : sql`refusal is not null`,
  ]
  return [sql`true`, ...conditions.filter((condition) => condition !== null)]
}

/** The time stands alone as well: PostgreSQL leaves out months by it, and not by the row. */
function beyond({ recordedAt, writer, sequence }: EventPosition): RawBuilder<unknown>[] {
  return [
    sql`recorded_at <= ${recordedAt}::timestamptz`,
    sql`(recorded_at, writer, sequence) < (${recordedAt}::timestamptz, ${writer}, ${sequence}::bigint)`,
  ]
}

/** An outcome follows its event, and clocks are set back by less than this. */
const CLOCK_TOLERANCE_MS = 3_600_000

async function findOutcomes(
  db: Kysely<AuditDatabase>,
  rows: readonly EventRow[],
): Promise<ReadonlyMap<string, Outcome>> {
  const oldest = rows.at(-1)
  if (!oldest) return new Map()
  const since = new Date(oldest.recorded_at.getTime() - CLOCK_TOLERANCE_MS)
  const { rows: found } = await sql<{ body: Outcome }>`
    select body from audit_entry
    where kind = 'OUTCOME' and event = any (${rows.map(({ body }) => body.event)}::text[])
      and recorded_at >= ${since}::timestamptz`.execute(db)
  return new Map(found.map(({ body }) => [body.event, body]))
}
