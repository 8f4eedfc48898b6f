import { type Kysely, sql } from 'kysely'
import type { Identity } from '../read/identity.ts'
import { aliasesOf } from '../read/prepare-entry.ts'
import { isUrn } from '../resolve/references.ts'
import type { LoadDatabase } from '../stage/stage.ts'
import { column } from './columns.ts'
import { holdChangeOrder } from './load-lock.ts'
import { inTransaction } from './transaction.ts'
import { type PatientWriting, touchPatients, writePatients } from './write-patients.ts'
import { removeDerived, type Writable, writeDerived, writeResources } from './write-resources.ts'

/** What a batch does to the store. */
export interface BatchChange {
  readonly written: readonly Writable[]
  readonly removed: readonly Identity[]
}

/**
 * Writes a batch as one transaction: resources, everything made from them, and their patients, or
 * nothing. Resources that looked at one of these before are marked to be mapped again.
 *
 * @param mayHaveDependants false when the store was empty before this load
 * @returns NHS numbers of all whose record changed
 */
export function writeBatch(
  writing: PatientWriting,
  change: BatchChange,
  mayHaveDependants: boolean,
): Promise<string[]> {
  const { db, asOf } = writing
  const { written, removed } = change
  return inTransaction(db, async () => {
    await holdChangeOrder(db)
    const replaced = [...removed, ...written.filter((one) => !one.isNew)]
    if (mayHaveDependants) await markDependants(db, change)
    const losing = await removeDerived(db, replaced)
    await removeResources(db, removed)
    await writeResources(db, written, asOf)
    await writeDerived(db, written)
    const gaining = written.flatMap((one) => one.mapping.nhsNumber ?? [])
    const touched = new Set([...losing, ...gaining])
    const arePatients = [...written, ...removed].some((one) => one.type === 'Patient')
    const updated = new Set(arePatients ? await writePatients(writing, [...touched]) : [])
    await touchPatients(
      db,
      [...touched].filter((one) => !updated.has(one)),
      asOf,
    )
    return [...touched]
  })
}

async function removeResources(
  db: Kysely<LoadDatabase>,
  removed: readonly Identity[],
): Promise<void> {
  if (removed.length === 0) return
  await sql`
    delete from resource where (type, id) in (
      select * from unnest(
        ${column(removed.map(({ type }) => type))}, ${column(removed.map(({ id }) => id))}
      ))`.execute(db)
}

/** Those that this load writes anyway see all of it, and are left out. */
async function markDependants(db: Kysely<LoadDatabase>, change: BatchChange): Promise<void> {
  const keys = [
    ...change.removed.map(({ type, id }) => `${type}/${id}`),
    ...change.written.flatMap((one) => [
      `${one.type}/${one.id}`,
      ...(one.fullUrl === null || isUrn(one.fullUrl) ? [] : [one.fullUrl]),
      ...aliasesOf(one.resource, one.mapping.nhsNumber),
    ]),
  ]
  await sql`
    update resource set is_mapped = false
    from resource_dependency as dependency
    where dependency.target = any(${column(keys)})
      and resource.type = dependency.type and resource.id = dependency.id and resource.is_mapped
      and not exists (
        select from staged where staged.type = resource.type and staged.id = resource.id
          and staged.outcome in ('NEW', 'CHANGED')
      )`.execute(db)
}
