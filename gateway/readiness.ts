import { type Kysely, sql } from 'kysely'
import type { IndexDatabase } from '../subgraphs/index/store/tables.ts'

/** How long the index's database may take to answer a health check. */
const WITHIN_MS = 1000

/** Tells whether requests can be answered: without the index's database, or the audit store, none can. */
export function readinessOf(
  db: Kysely<IndexDatabase>,
  trail: { readonly isAvailable: boolean },
): () => Promise<{ readonly indexDatabase: boolean; readonly auditStore: boolean }> {
  return async () => {
    const answered = sql`select 1`.execute(db).then(
      () => true,
      () => false,
    )
    const tooLate = new Promise<false>((resolve) => {
      setTimeout(resolve, WITHIN_MS, false).unref()
    })
    return {
      indexDatabase: await Promise.race([answered, tooLate]),
      auditStore: trail.isAvailable,
    }
  }
}
