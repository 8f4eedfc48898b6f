import { sql } from 'kysely'
import type { FhirResource } from '../../fhir/resource.ts'
import { NO_TIME } from '../../store/tables.ts'
import type { Identity, Version } from '../read/identity.ts'
import { aliasesOf } from '../read/prepare-entry.ts'
import { provenanceKey, provenanceTargets } from '../resolve/provenance-targets.ts'
import { isUrn } from '../resolve/references.ts'
import type { LoadDatabase } from '../stage/stage.ts'
import { column, jsonColumn, moment } from './columns.ts'
import type { Mapping } from './map-batch.ts'

/** A resource and everything made from it, ready to be written. */
export interface Writable extends Identity, Version {
  readonly mapping: Mapping
  readonly resource: FhirResource
  readonly fullUrl: string | null
  readonly json: string
  /** SHA-256 in hexadecimal. */
  readonly digest: string
  /** True when the store holds nothing of it. */
  readonly isNew: boolean
}

/**
 * Writes the resources themselves.
 *
 * @param deferred those of the batch that are mapped later
 */
export async function writeResources(
  db: LoadDatabase,
  batch: readonly Writable[],
  { deferred, loadedAt }: { readonly deferred: ReadonlySet<Writable>; readonly loadedAt: string },
): Promise<void> {
  if (batch.length === 0) return
  await sql`
    insert into resource
      (type, id, full_url, version, last_updated, nhs_number, digest, content, exclusion, is_mapped,
        loaded_at)
    select type, id, full_url, version, last_updated, nhs_number, digest, content::json, exclusion,
      is_mapped, ${loadedAt}::timestamptz
    from unnest(
      ${column(batch.map((one) => one.type))},
      ${column(batch.map((one) => one.id))},
      ${column(batch.map(({ fullUrl }) => (fullUrl === null || isUrn(fullUrl) ? null : fullUrl)))},
      ${column(batch.map((one) => one.version))},
      ${column(batch.map((one) => moment(one.lastUpdated)))}::timestamptz[],
      ${column(batch.map((one) => one.mapping.nhsNumber))},
      ${column(batch.map((one) => `\\x${one.digest}`))}::bytea[],
      ${jsonColumn(batch.map((one) => one.json))},
      ${column(batch.map(({ mapping }) => mapping.exclusion))},
      ${column(batch.map((one) => String(!deferred.has(one))))}::boolean[]
    ) as loaded (type, id, full_url, version, last_updated, nhs_number, digest, content, exclusion,
      is_mapped)
    on conflict (type, id) do update set
      full_url = excluded.full_url, version = excluded.version,
      last_updated = excluded.last_updated, nhs_number = excluded.nhs_number,
      digest = excluded.digest, content = excluded.content, exclusion = excluded.exclusion,
      is_mapped = excluded.is_mapped, loaded_at = excluded.loaded_at,
      may_be_posted = false`.execute(db)
}

/** Writes entries, care relationships and links; those of an earlier state are gone already. */
export async function writeDerived(db: LoadDatabase, batch: readonly Writable[]): Promise<void> {
  await writeItems(db, batch)
  await writeRelationships(db, batch)
  await writeDependencies(db, batch)
  await writeAliases(db, batch)
}

/** Writes under which names resources are known that are mapped later, and what they refer to. */
export async function writeLinks(db: LoadDatabase, batch: readonly Writable[]): Promise<void> {
  const known = batch.filter((one) => !one.isNew)
  if (known.length > 0) {
    await sql`
      delete from resource_alias where (type, id) in (
        select * from unnest(
          ${column(known.map(({ type }) => type))}, ${column(known.map(({ id }) => id))}
        ))`.execute(db)
  }
  await writeDependencies(db, batch)
  await writeAliases(db, batch)
}

/** Removes all that was made from resources. Returns the NHS numbers of those who lose what is shown. */
export async function removeDerived(
  db: LoadDatabase,
  resources: readonly Identity[],
): Promise<string[]> {
  if (resources.length === 0) return []
  const keys = sql`(
    select * from unnest(
      ${column(resources.map(({ type }) => type))}, ${column(resources.map(({ id }) => id))}
    ))`
  const { rows } = await sql<{ nhs_number: string }>`
    with item_gone as (
      delete from item where (resource_type, resource_id) in ${keys}
      returning nhs_number, is_restricted
    ), relationship_gone as (
      delete from care_relationship where (resource_type, resource_id) in ${keys}
      returning nhs_number
    ), alias_gone as (
      delete from resource_alias where (type, id) in ${keys}
    )
    select nhs_number from item_gone where not is_restricted
    union select nhs_number from relationship_gone
    union select nhs_number from resource
    where (type, id) in ${keys} and nhs_number is not null and exclusion is null`.execute(db)
  return rows.map((row) => row.nhs_number)
}

async function writeItems(db: LoadDatabase, batch: readonly Writable[]): Promise<void> {
  const rows = new Map(
    batch.flatMap((one) =>
      one.mapping.items.map((item) => [`${item.id} ${item.section}`, { one, item }] as const),
    ),
  )
  if (rows.size === 0) return
  const items = [...rows.values()]
  await sql`
    insert into item (section, nhs_number, sort_time, last_time, sort_key, id, status, codes,
      is_none_known, is_restricted, is_understood, item, resource_type, resource_id)
    select section, nhs_number, sort_time, last_time, sort_key, id, status,
      string_to_array(codes, chr(29)), is_none_known, is_restricted, is_understood, item::json,
      resource_type, resource_id
    from unnest(
      ${column(items.map(({ item }) => item.section))},
      ${column(items.map(({ one }) => one.mapping.nhsNumber))},
      ${column(items.map(({ item }) => moment(item.sortTime ?? NO_TIME)))}::timestamptz[],
      ${column(items.map(({ item }) => moment(item.lastTime ?? NO_TIME)))}::timestamptz[],
      ${column(items.map(({ item }) => item.sortKey))},
      ${column(items.map(({ item }) => item.id))},
      ${column(items.map(({ item }) => item.status))},
      ${column(items.map(({ item }) => item.codes.join('\u001d')))},
      ${column(items.map(({ item }) => String(item.isNoneKnown)))}::boolean[],
      ${column(items.map(({ item }) => String(item.isRestricted)))}::boolean[],
      ${column(items.map(({ item }) => String(item.isUnderstood)))}::boolean[],
      ${jsonColumn(items.map(({ item }) => JSON.stringify(item.item)))},
      ${column(items.map(({ one }) => one.type))},
      ${column(items.map(({ one }) => one.id))}
    ) as mapped (section, nhs_number, sort_time, last_time, sort_key, id, status, codes,
      is_none_known, is_restricted, is_understood, item, resource_type, resource_id)`.execute(db)
}

async function writeRelationships(db: LoadDatabase, batch: readonly Writable[]): Promise<void> {
  const rows = batch.flatMap((one) =>
    one.mapping.relationships.map((relationship) => ({ one, relationship })),
  )
  if (rows.length === 0) return
  await sql`
    insert into care_relationship
      (nhs_number, ods_code, kind, resource_type, resource_id, starts_at, ends_at, referrer,
        recorded_at)
    select * from unnest(
      ${column(rows.map(({ one }) => one.mapping.nhsNumber))},
      ${column(rows.map(({ relationship }) => relationship.ods_code))},
      ${column(rows.map(({ relationship }) => relationship.kind))},
      ${column(rows.map(({ one }) => one.type))},
      ${column(rows.map(({ one }) => one.id))},
      ${column(rows.map(({ relationship }) => moment(relationship.starts_at)))}::timestamptz[],
      ${column(rows.map(({ relationship }) => moment(relationship.ends_at)))}::timestamptz[],
      ${column(rows.map(({ relationship }) => relationship.referrer))},
      ${column(rows.map(({ relationship }) => moment(relationship.recorded_at)))}::timestamptz[]
    )
    on conflict (nhs_number, ods_code, kind, resource_type, resource_id) do nothing`.execute(db)
}

/** Records what the mapping of each patient's record looked at, and what it looked for in vain. */
export async function writeDependencies(
  db: LoadDatabase,
  batch: readonly Writable[],
): Promise<void> {
  const rows = new Map<string, { target: string; nhsNumber: string }>()
  for (const { nhsNumber, dependencies } of batch.map(({ mapping }) => mapping)) {
    if (nhsNumber === null) continue
    for (const target of dependencies) rows.set(`${nhsNumber} ${target}`, { target, nhsNumber })
  }
  if (rows.size === 0) return
  const all = [...rows.values()]
  await sql`
    insert into resource_dependency (target, nhs_number)
    select * from unnest(
      ${column(all.map(({ target }) => target))},
      ${column(all.map(({ nhsNumber }) => nhsNumber))}
    )
    on conflict do nothing`.execute(db)
}

async function writeAliases(db: LoadDatabase, batch: readonly Writable[]): Promise<void> {
  const rows = batch.flatMap((one) =>
    [
      ...aliasesOf(one.resource, one.mapping.nhsNumber),
      ...provenanceTargets(one.resource).map(provenanceKey),
    ].map((alias) => ({ one, alias })),
  )
  if (rows.length === 0) return
  await sql`
    insert into resource_alias (alias, type, id)
    select * from unnest(
      ${column(rows.map(({ alias }) => alias))},
      ${column(rows.map(({ one }) => one.type))},
      ${column(rows.map(({ one }) => one.id))}
    )`.execute(db)
}
