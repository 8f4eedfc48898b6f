import type { Kysely } from 'kysely'
import type { FeedFollower } from '../subgraphs/index/feed/follow-feeds.ts'
import type { IndexDatabase } from '../subgraphs/index/store/tables.ts'
import { within } from './within.ts'

/** How long the index's database may take to answer a health check. */
const WITHIN_MS = 1000

/** What must hold before requests can be answered. */
export interface Readiness extends Readonly<Record<string, boolean>> {
  /** Without it nobody can be located. */
  readonly indexDatabase: boolean
  /** Before that a patient of somebody whose feed was never read would seem to be unknown. */
  readonly indexFilled: boolean
  /** Without it nothing may be shown. */
  readonly auditStore: boolean
}

/**
 * Tells whether requests can be answered. The index is filled once every participant's feed has been
 * read to its end, by whatever process, or could not be read: one that is away holds up nobody. From
 * then on it stays so: a participant that joins does not make every gateway unready.
 */
export function readinessOf(given: {
  /** Over connections that no answer waits for. */
  readonly db: Kysely<IndexDatabase>
  readonly trail: { readonly isAvailable: boolean }
  readonly feeds: Pick<FeedFollower, 'state'>
}): () => Promise<Readiness> {
  const { db, trail, feeds } = given
  let indexFilled = false
  return async () => {
    const read = await within(performance.now() + WITHIN_MS, findFeedsRead(db)).catch(() => null)
    indexFilled ||= read !== null && areDone(feeds, read)
    return { indexDatabase: read !== null, indexFilled, auditStore: trail.isAvailable }
  }
}

async function findFeedsRead(db: Kysely<IndexDatabase>): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectFrom('feed_cursor')
    .select('participant')
    .where('last_success_at', 'is not', null)
    .execute()
  return new Set(rows.map(({ participant }) => participant))
}

function areDone(feeds: Pick<FeedFollower, 'state'>, read: ReadonlySet<string>): boolean {
  return [...feeds.state()].every(([code, { lastError }]) => read.has(code) || lastError !== null)
}
