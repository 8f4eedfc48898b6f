import type { Kysely } from 'kysely'
import type { AuditDatabase } from '../store/tables.ts'
import type { ExportCursor } from './export-cursor.ts'
import { findSettledEvents, type SettledEvent } from './settled-events.ts'

/** So long an event waits for its outcome: far longer than any answer may take. */
const SETTLES_AFTER_MS = 5 * 60_000

const PAGE = 500

/**
 * The settled events behind a cursor, in pages. Going on behind the last event of the last page misses
 * none and repeats none, whoever writes meanwhile.
 *
 * @param range.until recorded before this moment; null for no end
 */
export async function* exportEvents(
  db: Kysely<AuditDatabase>,
  range: {
    readonly after: ExportCursor
    readonly until: Date | null
    readonly settlesAfterMs?: number
    readonly pageSize?: number
  },
): AsyncGenerator<readonly SettledEvent[]> {
  const { until, settlesAfterMs = SETTLES_AFTER_MS, pageSize = PAGE } = range
  let { after } = range
  for (;;) {
    const page = { after, until, settlesAfterMs, limit: pageSize }
    const { events, hasMore } = await findSettledEvents(db, page)
    const last = events.at(-1)
    if (last) {
      yield events
      after = last.cursor
    }
    if (!hasMore) return
  }
}
