import { sql } from 'kysely'
import { isClinical } from '../../fhir/map-resource.ts'
import type { LoadContext } from '../load-context.ts'
import type { LoadDatabase } from '../stage/stage.ts'
import { column } from '../write/columns.ts'
import type { BatchChange } from '../write/write-batch.ts'
import type { Writable } from '../write/write-resources.ts'

/** Those of a batch whose judgement waits until all of their patient's record is stored. */
export interface Deferral {
  readonly deferred: ReadonlySet<Writable>
  /** Whose record is judged again. */
  readonly suspects: readonly string[]
}

/**
 * Finds whose record a batch may bring something to, or take something from, that is never shared, and
 * marks all that is stored of them to be judged and mapped again. To be called within the batch's
 * transaction, before anything of it is written.
 */
export async function deferJudgement(context: LoadContext, change: BatchChange): Promise<Deferral> {
  for (const { mapping } of change.written) {
    if (mapping.exclusion !== null && mapping.nhsNumber !== null)
      context.suspects.add(mapping.nhsNumber)
  }
  const touched = new Set(change.written.flatMap(({ mapping }) => mapping.nhsNumber ?? []))
  if (!context.wasEmpty) {
    for (const one of await findOwners(context.db, change)) touched.add(one)
    for (const one of await findExcluded(context.db, [...touched])) context.suspects.add(one)
  }
  const suspects = [...touched].filter((one) => context.suspects.has(one))
  if (suspects.length > 0) await markRecords(context.db, suspects)
  const deferred = change.written.filter(
    ({ type, mapping }) =>
      isClinical(type) && mapping.nhsNumber !== null && context.suspects.has(mapping.nhsNumber),
  )
  return { deferred: new Set(deferred), suspects }
}

/** Whoever has anything that is never shared. */
export async function findExcluded(
  db: LoadDatabase,
  nhsNumbers: readonly string[],
): Promise<string[]> {
  if (nhsNumbers.length === 0) return []
  const { rows } = await sql<{ nhs_number: string }>`
    select distinct nhs_number from resource
    where exclusion is not null and nhs_number = any(${column(nhsNumbers)})`.execute(db)
  return rows.map((row) => row.nhs_number)
}

/** Marks all that is stored of these patients to be judged and mapped again. */
export async function markRecords(db: LoadDatabase, nhsNumbers: readonly string[]): Promise<void> {
  await sql`
    update resource set is_mapped = false
    where is_mapped and type <> 'Patient' and nhs_number = any(${column(nhsNumbers)})`.execute(db)
}

/** Hides at once what resources showed that are never shared. Returns whom it was shown of. */
export async function hide(
  db: LoadDatabase,
  resources: readonly { readonly type: string; readonly id: string }[],
): Promise<string[]> {
  if (resources.length === 0) return []
  const keys = sql`(
    select * from unnest(
      ${column(resources.map(({ type }) => type))}, ${column(resources.map(({ id }) => id))}
    ))`
  const { rows } = await sql<{ nhs_number: string }>`
    with hidden as (
      update item set is_restricted = true
      where (resource_type, resource_id) in ${keys} and not is_restricted returning nhs_number
    ), gone as (
      delete from care_relationship where (resource_type, resource_id) in ${keys}
      returning nhs_number
    )
    select nhs_number from hidden union select nhs_number from gone`.execute(db)
  return rows.map((row) => row.nhs_number)
}

/** To whom the stored states of what a batch changes or removes belong. */
async function findOwners(db: LoadDatabase, { written, removed }: BatchChange): Promise<string[]> {
  const known = [...removed, ...written.filter((one) => !one.isNew)]
  if (known.length === 0) return []
  const { rows } = await sql<{ nhs_number: string }>`
    select distinct nhs_number from resource
    where nhs_number is not null and (type, id) in (
      select * from unnest(
        ${column(known.map(({ type }) => type))}, ${column(known.map(({ id }) => id))}
      ))`.execute(db)
  return rows.map((row) => row.nhs_number)
}
