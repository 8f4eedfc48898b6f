import type { Subject } from '../../conformance/subject/subject.ts'
import { loadBundles, type NamedBundle } from '../../subgraphs/kit/load/load-bundles.ts'
import { connect } from '../../subgraphs/kit/store/connect.ts'
import { migrateStore } from '../../subgraphs/kit/store/migrations.ts'
import type { ParticipantDatabase } from '../../subgraphs/kit/store/tables.ts'
import { participant } from '../../subgraphs/swl/participant.ts'
import { withPostgres } from '../postgres/with-postgres.ts'
import { openSubgraph } from './open-subgraph.ts'

/** Does the work with a subgraph whose records were loaded into a PostgreSQL of its own. */
export async function withStored(
  records: {
    readonly bundles: readonly NamedBundle[]
    readonly nhsNumbers: readonly string[]
  },
  work: (stored: Subject) => Promise<void>,
): Promise<void> {
  await withPostgres(async ({ url }) => {
    const db = connect<ParticipantDatabase>(url, 2)
    await migrateStore(db)
    const { refusals } = await loadBundles(db, participant, records.bundles)
    await db.destroy()
    if (refusals.length > 0) throw new Error(`PostgreSQL lacks ${refusals.length} resources`)
    const stored = await openSubgraph({ databaseUrl: url }, records)
    await work(stored.subject).finally(stored.close)
  })
}
