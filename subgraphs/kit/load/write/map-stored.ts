import { sql } from 'kysely'
import { parseFhir } from '../../fhir/parse-fhir.ts'
import type { FhirResource } from '../../fhir/resource.ts'
import { findExcluded, markRecords } from '../exclude/defer-judgement.ts'
import type { LoadContext } from '../load-context.ts'
import type { LoadDatabase } from '../stage/stage.ts'
import { column } from './columns.ts'
import { type MappingResult, mapBatch } from './map-batch.ts'
import { findShown, isVisible, type Shown, shownBy, textOf } from './shown.ts'
import { inTransaction } from './transaction.ts'
import { writePatients } from './write-patients.ts'
import {
  removeDerived,
  type Writable,
  writeDependencies,
  writeDerived,
  writeLinks,
} from './write-resources.ts'

/** A resource as the store holds it. */
export interface StoredRow {
  readonly type: string
  readonly id: string
  readonly nhs_number: string | null
  readonly json: string
}

/** What is never shared of those whose record was judged as a whole, by NHS number. */
export type Records = Map<string, ReadonlySet<string>>

/**
 * Maps stored resources as one transaction.
 *
 * @returns NHS numbers of those for whom something changed that can be seen
 */
export async function mapStored(
  context: LoadContext,
  rows: readonly StoredRow[],
  records: Records,
): Promise<string[]> {
  const all = await mapRows(context, rows, records)
  return inTransaction(context.db, async () => {
    const { staying, left } = await moveRows(context, all, { rows, records })
    const mapped = await withoutSuspects(context, staying, records)
    const changes = await findChanges(context.db, mapped)
    const updated = await write(context, changes)
    const seen = new Set([...left, ...ownersOf(changes.filter(isSeen))])
    const unseen = new Set(ownersOf(changes.filter((change) => !isSame(change))))
    for (const nhsNumber of [...seen, ...updated]) unseen.delete(nhsNumber)
    for (const nhsNumber of updated) seen.delete(nhsNumber)
    context.changes.touch(seen)
    context.changes.announce(unseen)
    return [...seen, ...updated]
  })
}

/** A resource with what it showed and what it shows now. */
interface Change {
  readonly one: Writable
  readonly before: readonly Shown[]
  readonly after: readonly Shown[]
}

async function findChanges(db: LoadDatabase, mapped: readonly Writable[]): Promise<Change[]> {
  const before = await findShown(db, mapped)
  return mapped.map((one) => ({
    one,
    before: before.get(`${one.type}/${one.id}`) ?? [],
    after: shownBy(one),
  }))
}

function isSame({ before, after }: Change): boolean {
  return textOf(before) === textOf(after)
}

function isSeen(change: Change): boolean {
  return !isSame(change) && isVisible(change.before, change.after)
}

function ownersOf(changes: readonly Change[]): string[] {
  return changes.flatMap(({ one }) => one.mapping.nhsNumber ?? [])
}

/** Writes what changed. Returns the patients who are somebody else now. */
async function write(context: LoadContext, changes: readonly Change[]): Promise<string[]> {
  const { db } = context
  const changed = changes.filter((change) => !isSame(change)).map(({ one }) => one)
  await removeDerived(db, changed)
  await writeDerived(db, changed)
  await writeDependencies(
    db,
    changes.filter(isSame).map(({ one }) => one),
  )
  await markMapped(
    db,
    changes.map(({ one }) => one),
  )
  const patients = changes.filter(({ one }) => one.type === 'Patient')
  return writePatients(context, ownersOf(patients))
}

/**
 * Gives what has turned out to belong to somebody else to them, to be mapped with their record, which
 * is judged anew where either has anything that is never shared.
 *
 * @returns those who stay with whom they were, and everybody who lost or gained something that can be
 *   seen, or belongs to somebody without being seen, such as an objection
 */
async function moveRows(
  context: LoadContext,
  all: readonly Writable[],
  { rows, records }: { readonly rows: readonly StoredRow[]; readonly records: Records },
): Promise<{ staying: Writable[]; left: string[] }> {
  const { db } = context
  const owners = new Map(rows.map((row) => [`${row.type}/${row.id}`, row.nhs_number]))
  const ownerOf = ({ type, id }: Writable) => owners.get(`${type}/${id}`) ?? null
  const isMoving = (one: Writable) =>
    one.type !== 'Patient' && ownerOf(one) !== one.mapping.nhsNumber
  const moving = all.filter(isMoving)
  const staying = all.filter((one) => !isMoving(one))
  if (moving.length === 0) return { staying, left: [] }
  const losing = await removeDerived(db, moving)
  await writeLinks(db, moving)
  await sql`
    update resource set nhs_number = moved.nhs_number
    from unnest(
      ${column(moving.map(({ type }) => type))}, ${column(moving.map(({ id }) => id))},
      ${column(moving.map(({ mapping }) => mapping.nhsNumber))}
    ) as moved (type, id, nhs_number)
    where resource.type = moved.type and resource.id = moved.id`.execute(db)
  const concerned = moving
    .flatMap((one) => [ownerOf(one) ?? [], one.mapping.nhsNumber ?? []])
    .flat()
  for (const nhsNumber of concerned) records.delete(nhsNumber)
  const suspects = [
    ...(await findExcluded(db, concerned)),
    ...concerned.filter((one) => context.suspects.has(one)),
  ]
  if (suspects.length > 0) await suspect(context, concerned)
  const gaining = moving.filter(({ mapping }) => mapping.exclusion === null)
  return {
    staying,
    left: [...losing, ...gaining.flatMap(({ mapping }) => mapping.nhsNumber ?? [])],
  }
}

/**
 * Leaves out the entries of those in whose record something has just turned out never to be shared:
 * they are judged as a whole, and come again.
 */
async function withoutSuspects(
  context: LoadContext,
  mapped: readonly Writable[],
  records: Records,
): Promise<Writable[]> {
  const suspects = new Set(
    mapped.flatMap(({ mapping: { exclusion, nhsNumber } }) =>
      exclusion === null || nhsNumber === null || records.has(nhsNumber) ? [] : [nhsNumber],
    ),
  )
  if (suspects.size === 0) return [...mapped]
  await suspect(context, [...suspects])
  return mapped.filter(({ type, mapping }) => {
    const isSuspect = mapping.nhsNumber !== null && suspects.has(mapping.nhsNumber)
    return !isSuspect || type === 'Patient'
  })
}

async function suspect(context: LoadContext, nhsNumbers: readonly string[]): Promise<void> {
  for (const nhsNumber of nhsNumbers) context.suspects.add(nhsNumber)
  await markRecords(context.db, nhsNumbers)
}

async function mapRows(
  context: LoadContext,
  rows: readonly StoredRow[],
  records: Records,
): Promise<Writable[]> {
  const resources = rows.map((row) => ({ ...(parseFhir(row.json) as FhirResource), id: row.id }))
  const results = await mapBatch(
    rows.map((row, index) => ({
      type: row.type,
      id: row.id,
      resource: resources[index] as FhirResource,
      nhsNumber: row.nhs_number,
      isRefusedPatient: () => false,
      excluded: row.nhs_number === null ? undefined : records.get(row.nhs_number),
    })),
    context,
  )
  return rows.map((row, index) => {
    const result = results[index] as MappingResult
    const { nhs_number: nhsNumber } = row
    const { dependencies } = result
    const resource = resources[index] as FhirResource
    const exclusion = context.judging.isExcludedItself(resource) ? ('ITSELF' as const) : null
    const mapping =
      'refusal' in result ? { ...nothing, nhsNumber, exclusion, dependencies } : result
    const { type, id, json } = row
    return { ...asStored, type, id, json, mapping, resource }
  })
}

/** Without a patient a stored resource shows nothing, and waits for the patient to come back. */
const nothing = { items: [], relationships: [], notices: [], patient: null, strays: [] }

/** The parts of a resource that mapping it again leaves as they are. */
const asStored = { version: null, lastUpdated: null, fullUrl: null, digest: '', isNew: false }

async function markMapped(db: LoadDatabase, mapped: readonly Writable[]): Promise<void> {
  await sql`
    update resource set is_mapped = true, nhs_number = mapped.nhs_number,
      exclusion = mapped.exclusion
    from unnest(
      ${column(mapped.map((one) => one.type))},
      ${column(mapped.map((one) => one.id))},
      ${column(mapped.map((one) => one.mapping.nhsNumber))},
      ${column(mapped.map((one) => one.mapping.exclusion))}
    ) as mapped (type, id, nhs_number, exclusion)
    where resource.type = mapped.type and resource.id = mapped.id`.execute(db)
}
