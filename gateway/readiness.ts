import { type Kysely, sql } from 'kysely'
import type { IndexDatabase } from '../subgraphs/index/store/tables.ts'
import { within } from './within.ts'

/** How long the index's database may take to answer a health check. */
const WITHIN_MS = 1000

/** Tells whether requests can be answered: without the index's database, or the audit store, none can. */
export function readinessOf(
  db: Kysely<IndexDatabase>,
  trail: { readonly isAvailable: boolean },
): () => Promise<{ readonly indexDatabase: boolean; readonly auditStore: boolean }> {
  return async () => {
    const answered = within(performance.now() + WITHIN_MS, sql`select 1`.execute(db))
    return {
      indexDatabase: await answered.then(
        () => true,
        () => false,
      ),
      auditStore: trail.isAvailable,
    }
  }
}
