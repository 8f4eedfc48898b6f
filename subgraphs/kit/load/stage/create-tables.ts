import { sql } from 'kysely'
import type { LoadDatabase } from './stage.ts'

/** Makes the temporary tables of a large load. */
export async function createTables(db: LoadDatabase): Promise<void> {
  await sql`
      create temporary table staged (
        seq bigint not null, file text not null, place text not null, scope bigint not null,
        is_of_history boolean not null, type text not null, id text not null, own_id text, is_based boolean not null,
        variant bigint not null, full_url text, version text, last_updated timestamptz,
        digest bytea not null, is_deletion boolean not null, nhs_number text, size int not null,
        is_excluded boolean not null, withdraws boolean not null, turned_at timestamptz, contained text not null,
        outcome text
      )`.execute(db)
  await sql`
      create temporary table staged_content (seq bigint not null, content text not null)`.execute(
    db,
  )
  await sql`
      create temporary table staged_alias (
        scope bigint not null, alias text not null, type text not null, id text not null
      )`.execute(db)
}
