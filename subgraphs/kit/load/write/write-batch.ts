import { sql } from 'kysely'
import { deferJudgement, hide } from '../exclude/defer-judgement.ts'
import type { LoadContext } from '../load-context.ts'
import type { Identity } from '../read/identity.ts'
import { aliasesOf } from '../read/prepare-entry.ts'
import { provenanceTargets } from '../resolve/provenance-targets.ts'
import { isUrn } from '../resolve/references.ts'
import type { LoadDatabase } from '../stage/stage.ts'
import { column } from './columns.ts'
import { inTransaction } from './transaction.ts'
import { writePatients } from './write-patients.ts'
import {
  removeDerived,
  type Writable,
  writeDerived,
  writeLinks,
  writeResources,
} from './write-resources.ts'

/** What a batch does to the store. */
export interface BatchChange {
  readonly written: readonly Writable[]
  readonly removed: readonly Identity[]
}

/**
 * Writes a batch as one transaction: resources, everything made from them, and their patients, or
 * nothing. Records that looked at one of these before are marked to be mapped again.
 *
 * @returns NHS numbers of all whose record changed
 */
export function writeBatch(context: LoadContext, change: BatchChange): Promise<string[]> {
  const { db, loadedAt } = context
  const { written, removed } = change
  return inTransaction(db, async () => {
    if (!context.wasEmpty) await markDependants(context, change)
    const { deferred, suspects } = await deferJudgement(context, change)
    const [later, now] = [[...deferred], written.filter((one) => !deferred.has(one))]
    const replaced = [...(await findMoved(db, later)), ...now.filter((one) => !one.isNew)]
    const losing = await removeDerived(db, [...removed, ...replaced])
    await removeResources(context, removed)
    await writeResources(db, written, { deferred, loadedAt })
    await writeDerived(db, now)
    await writeLinks(db, later)
    const hiding = await hide(
      db,
      later.filter(({ mapping }) => mapping.exclusion !== null),
    )
    const gaining = now
      .filter(({ mapping }) => mapping.exclusion === null)
      .flatMap(({ mapping }) => mapping.nhsNumber ?? [])
    const touched = new Set([...losing, ...hiding, ...gaining])
    const arePatients = [...written, ...removed].some((one) => one.type === 'Patient')
    const updated = new Set(arePatients ? await writePatients(context, [...touched]) : [])
    context.changes.touch([...touched].filter((one) => !updated.has(one)))
    context.changes.announce(suspects.filter((one) => !touched.has(one)))
    return [...touched]
  })
}

async function removeResources({ db }: LoadContext, removed: readonly Identity[]): Promise<void> {
  if (removed.length === 0) return
  await sql`
    delete from resource where (type, id) in (
      select * from unnest(
        ${column(removed.map(({ type }) => type))}, ${column(removed.map(({ id }) => id))}
      ))`.execute(db)
}

/** What now belongs to somebody else may not stay where it was until it is mapped again. */
async function findMoved(db: LoadDatabase, written: readonly Writable[]): Promise<Identity[]> {
  const known = written.filter((one) => !one.isNew)
  if (known.length === 0) return []
  const { rows } = await sql<Identity>`
    select resource.type, resource.id
    from unnest(
      ${column(known.map(({ type }) => type))}, ${column(known.map(({ id }) => id))},
      ${column(known.map(({ mapping }) => mapping.nhsNumber))}
    ) as wanted (type, id, nhs_number)
    join resource on resource.type = wanted.type and resource.id = wanted.id
      and resource.nhs_number is distinct from wanted.nhs_number`.execute(db)
  return rows
}

/** What this load has written already saw all of it, and is left out. */
async function markDependants(
  { db, loadedAt }: LoadContext,
  { written, removed }: BatchChange,
): Promise<void> {
  const same = await findSamePatients(db, written)
  const keys = [
    ...removed.map(({ type, id }) => `${type}/${id}`),
    ...written
      .filter((one) => !same.has(one))
      .flatMap((one) => [
        `${one.type}/${one.id}`,
        ...(one.fullUrl === null || isUrn(one.fullUrl) ? [] : [one.fullUrl]),
        ...aliasesOf(one.resource, one.mapping.nhsNumber),
      ]),
  ]
  await sql`
    update resource set is_mapped = false
    where is_mapped and loaded_at <> ${loadedAt}::timestamptz and nhs_number in (
      select nhs_number from resource_dependency where target = any(${column(keys)})
    )`.execute(db)
  const targets = written.flatMap(({ resource }) => provenanceTargets(resource))
  if (targets.length === 0) return
  await sql`
    update resource set is_mapped = false
    where is_mapped and loaded_at <> ${loadedAt}::timestamptz and (type, id) in (
      select split_part(target, '/', 1), split_part(target, '/', 2)
      from unnest(${column(targets)}) as named (target)
    )`.execute(db)
}

/** Patients that keep their NHS number: nothing else of a patient shows in the entries of a record. */
async function findSamePatients(
  db: LoadDatabase,
  written: readonly Writable[],
): Promise<Set<Writable>> {
  const known = written.filter((one) => one.type === 'Patient' && !one.isNew)
  if (known.length === 0) return new Set()
  const { rows } = await sql<{ id: string }>`
    select resource.id
    from unnest(
      ${column(known.map(({ id }) => id))}, ${column(known.map(({ mapping }) => mapping.nhsNumber))}
    ) as wanted (id, nhs_number)
    join resource on resource.type = 'Patient' and resource.id = wanted.id
      and resource.nhs_number = wanted.nhs_number`.execute(db)
  const ids = new Set(rows.map(({ id }) => id))
  return new Set(known.filter(({ id }) => ids.has(id)))
}
