import { type Kysely, sql } from 'kysely'

/**
 * Two tables beside the store that only loading reads.
 *
 * `resource_alias`: under which business identifiers a resource is known, for references that name
 * no id. `resource_dependency`: which resources a mapping looked at or looked for, so that an entry
 * is made again when one of them arrives, changes or goes.
 */
export interface LinkTables {
  resource_alias: { alias: string; type: string; id: string }
  resource_dependency: { target: string; type: string; id: string }
}

/** Creates the two tables where they are missing. One at a time: the caller holds the load lock. */
export async function createLinkTables<Database>(db: Kysely<Database>): Promise<void> {
  await sql`
    create table if not exists resource_alias (
      alias text not null, type text not null, id text not null, primary key (type, id, alias)
    )`.execute(db)
  await sql`create index if not exists resource_alias_key on resource_alias (alias)`.execute(db)
  await sql`
    create table if not exists resource_dependency (
      target text not null, type text not null, id text not null, primary key (type, id, target)
    )`.execute(db)
  await sql`
    create index if not exists resource_dependency_target
    on resource_dependency (target)`.execute(db)
}
