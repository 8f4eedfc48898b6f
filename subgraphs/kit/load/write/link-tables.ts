import { type Kysely, sql } from 'kysely'

/**
 * Two tables beside the store that only loading reads.
 *
 * `resource_alias`: under which business identifiers a resource is known, for references that name
 * no id. `resource_dependency`: what the mapping of a patient's record looked at, or looked for in
 * vain, so that the record is mapped again when it arrives, changes or goes. Neither is complete the
 * other way round: what nobody depends on any more may stand there still.
 */
export type LinkTables = {
  resource_alias: { alias: string; type: string; id: string }
  resource_dependency: { target: string; nhs_number: string }
}

/** Creates what is missing. One at a time: the caller holds the load lock. */
export async function createLinkTables<Database>(db: Kysely<Database>): Promise<void> {
  await sql`
    create table if not exists resource_alias (
      alias text not null, type text not null, id text not null, primary key (alias, type, id)
    )`.execute(db)
  await sql`create index if not exists resource_alias_resource on resource_alias (type, id)`.execute(
    db,
  )
  await sql`
    create table if not exists resource_dependency (
      target text not null, nhs_number text not null, primary key (target, nhs_number)
    )`.execute(db)
  await sql`
    create index if not exists resource_patient on resource (nhs_number, type)
    where nhs_number is not null`.execute(db)
}
