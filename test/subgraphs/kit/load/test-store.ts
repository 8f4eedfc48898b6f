import { type Kysely, sql } from 'kysely'
import { type LoadOptions, loadResources } from '../../../../subgraphs/kit/load/load.ts'
import { loadBundles } from '../../../../subgraphs/kit/load/load-bundles.ts'
import type { LoadSource } from '../../../../subgraphs/kit/load/read/find-sources.ts'
import type { LoadReport } from '../../../../subgraphs/kit/load/report.ts'
import { connect } from '../../../../subgraphs/kit/store/connect.ts'
import { migrateStore } from '../../../../subgraphs/kit/store/migrations.ts'
import type { ParticipantDatabase } from '../../../../subgraphs/kit/store/tables.ts'
import { participant } from '../../../../subgraphs/nel/participant.ts'
import { createDatabase } from '../../../support/postgres.ts'

/** A stored entry as the graph would show it. */
export interface StoredItem {
  readonly nhs_number: string
  readonly section: string
  readonly resource_type: string
  readonly resource_id: string
  readonly is_restricted: boolean
  readonly item: Record<string, unknown>
}

/** North East London's store, empty, in a database of the test's own. */
export interface TestStore {
  readonly url: string
  readonly db: Kysely<ParticipantDatabase>
  /** Loads Bundles or resources from memory. */
  load(bundles: readonly unknown[], options?: LoadOptions): Promise<LoadReport>
  /** Loads text as a file of this name. */
  loadText(name: string, text: string | Buffer): Promise<LoadReport>
  items(section?: string): Promise<StoredItem[]>
  /** Everything that the graph reads, comparable between stores. */
  shown(): Promise<unknown>
  patients(): Promise<{ nhs_number: string; change: number; as_of: Date; demographics: never }[]>
  /** Empties it for the next test. */
  clear(): Promise<void>
  close(): Promise<void>
}

/** @param where small loads stay in memory; asked for, they take the way of large ones */
export async function createTestStore(where: 'MEMORY' | 'TABLES' = 'MEMORY'): Promise<TestStore> {
  const inMemory = where === 'MEMORY' ? {} : { inMemory: { entries: 0, length: 0 } }
  const database = await createDatabase()
  const db = connect<ParticipantDatabase>(database.url, 4)
  await migrateStore(db)
  const rowsOf = async (table: string, columns: string, order: string) =>
    (
      await sql`select ${sql.raw(columns)} from ${sql.table(table)} order by ${sql.raw(order)}`.execute(
        db,
      )
    ).rows
  return {
    url: database.url,
    db,
    load: (bundles, options) =>
      loadBundles(
        db,
        participant,
        bundles.map((bundle, index) => ({ name: `bundle-${index}`, bundle })),
        { ...options, ...inMemory },
      ),
    loadText: (name, text) =>
      loadResources({ db, participant, sources: [textSource(name, text)], ...inMemory }),
    items: async (section) => {
      const items = (await rowsOf('item', '*', 'section, resource_type, resource_id, id')) as never
      return (items as StoredItem[]).filter((item) => !section || item.section === section)
    },
    shown: async () => ({
      items: await rowsOf('item', '*', 'id, section'),
      relationships: await rowsOf('care_relationship', '*', '1, 2, 3, 4, 5'),
      patients: await rowsOf(
        'patient',
        'nhs_number, demographics, is_sensitive, superseded_by, supersedes',
        'nhs_number',
      ),
      resources: await rowsOf(
        'resource',
        'type, id, nhs_number, digest, content::text, is_mapped, version, last_updated',
        'type, id',
      ),
    }),
    patients: async () => {
      const rows = (await rowsOf('patient', '*', 'nhs_number')) as { change: string }[]
      return rows.map((row) => ({ ...row, change: Number(row.change) })) as never
    },
    clear: async () => {
      await sql`truncate resource, item, patient, care_relationship, resource_alias, resource_dependency, resource_deletion`.execute(
        db,
      )
    },
    close: async () => {
      await db.destroy()
      await database.drop()
    },
  }
}

/** A source that gives its bytes in small portions, so that every value is cut somewhere. */
export function textSource(name: string, text: string | Buffer, portion = 97): LoadSource {
  const bytes = Buffer.from(text)
  return {
    name,
    async *open(onBytes) {
      for (let at = 0; at < bytes.length; at += portion) {
        const chunk = bytes.subarray(at, at + portion)
        onBytes(chunk.length)
        yield chunk
      }
    },
  }
}
