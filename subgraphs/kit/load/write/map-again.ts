import { sql } from 'kysely'
import type { FhirResource } from '../../fhir/resource.ts'
import { findExcluded, markRecords } from '../exclude/defer-judgement.ts'
import { judgeRecord } from '../exclude/judge-record.ts'
import type { LoadContext } from '../load-context.ts'
import type { LoadDatabase } from '../stage/stage.ts'
import { column } from './columns.ts'
import { holdChangeOrder } from './load-lock.ts'
import { type MappingResult, mapBatch } from './map-batch.ts'
import { findShown, isVisible, shownBy, textOf } from './shown.ts'
import { inTransaction } from './transaction.ts'
import { announcePatients, touchPatients, writePatients } from './write-patients.ts'
import { removeDerived, type Writable, writeDependencies, writeDerived } from './write-resources.ts'

/**
 * Maps stored resources again whose references have got another meaning: what they looked for has
 * arrived, changed or gone, now or in a load that was cut short. Patients whose entries come out as
 * they were are left alone.
 */
export async function mapAgain(context: LoadContext): Promise<void> {
  const records: Records = new Map()
  for (;;) {
    const { rows } = await sql<StoredRow>`
      select type, id, nhs_number, content::text as json from resource
      where not is_mapped order by nhs_number, type, id limit 500`.execute(context.db)
    if (rows.length === 0) return
    await judgeRecords(context, rows, records)
    const touched = await mapStored(context, rows, records)
    for (const nhsNumber of touched) context.tally.patients.add(nhsNumber)
    context.resolver.trim()
    context.onBatch(0)
  }
}

interface StoredRow {
  readonly type: string
  readonly id: string
  readonly nhs_number: string | null
  readonly json: string
}

/** What is never shared of those whose record was judged as a whole, by NHS number. */
type Records = Map<string, ReadonlySet<string>>

/** Judges the records that the rows belong to, where there is anything that is never shared. */
async function judgeRecords(
  context: LoadContext,
  rows: readonly StoredRow[],
  records: Records,
): Promise<void> {
  const patients = new Set(rows.flatMap((row) => row.nhs_number ?? []))
  // Rows come in the order of patients: whoever is not here is done.
  for (const nhsNumber of records.keys()) if (!patients.has(nhsNumber)) records.delete(nhsNumber)
  const open = [...patients].filter((one) => !records.has(one))
  const suspects = new Set(await findExcluded(context.db, open))
  for (const nhsNumber of open) {
    if (!suspects.has(nhsNumber) && !context.suspects.has(nhsNumber)) continue
    records.set(nhsNumber, await judgeRecord(context, nhsNumber))
  }
}

async function mapStored(
  context: LoadContext,
  rows: readonly StoredRow[],
  records: Records,
): Promise<string[]> {
  const { db, asOf } = context
  const all = await mapRows(context, rows, records)
  return inTransaction(db, async () => {
    await holdChangeOrder(db)
    const mapped = await withoutSuspects(context, all, records)
    const before = await findShown(db, rows)
    const shown = mapped.map((one) => ({
      one,
      before: before.get(`${one.type}/${one.id}`) ?? [],
      after: shownBy(one),
    }))
    const numbers = new Map(rows.map((row) => [`${row.type}/${row.id}`, row.nhs_number]))
    // What shows nothing in a section, such as an objection, belongs to somebody all the same.
    const owners = (one: Writable) => [
      one.mapping.nhsNumber,
      numbers.get(`${one.type}/${one.id}`) ?? null,
    ]
    const isSame = ({ one, before: old, after }: (typeof shown)[number]) => {
      const [now, then] = owners(one)
      return textOf(old) === textOf(after) && now === then
    }
    const same = shown.filter(isSame).map(({ one }) => one)
    const differing = shown.filter((each) => !isSame(each))
    const changed = differing.map(({ one }) => one)
    await removeDerived(db, changed)
    await writeDerived(db, changed)
    await writeDependencies(db, same)
    await markMapped(db, mapped)
    const patients = mapped.filter((one) => one.type === 'Patient')
    const updated = await writePatients(
      context,
      patients.flatMap((one) => one.mapping.nhsNumber ?? []),
    )
    const touched = new Set(
      differing
        .filter(({ before: old, after }) => isVisible(old, after))
        .flatMap(({ one }) => owners(one).flatMap((number) => number ?? [])),
    )
    const unseen = new Set(differing.flatMap(({ one }) => owners(one).flatMap((n) => n ?? [])))
    for (const nhsNumber of [...touched, ...updated]) unseen.delete(nhsNumber)
    for (const nhsNumber of updated) touched.delete(nhsNumber)
    await touchPatients(db, [...touched], asOf)
    await announcePatients(db, [...unseen])
    return [...touched, ...updated]
  })
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
  for (const nhsNumber of suspects) context.suspects.add(nhsNumber)
  await markRecords(context.db, [...suspects])
  return mapped.filter(({ type, mapping }) => {
    const isSuspect = mapping.nhsNumber !== null && suspects.has(mapping.nhsNumber)
    return !isSuspect || type === 'Patient'
  })
}

async function mapRows(
  context: LoadContext,
  rows: readonly StoredRow[],
  records: Records,
): Promise<Writable[]> {
  const resources = rows.map((row) => ({ ...(JSON.parse(row.json) as FhirResource), id: row.id }))
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
const nothing = { items: [], relationships: [], patient: null }

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
