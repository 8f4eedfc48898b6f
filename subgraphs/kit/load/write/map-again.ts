import { sql } from 'kysely'
import type { FhirResource } from '../../fhir/resource.ts'
import { NO_TIME } from '../../store/tables.ts'
import type { LoadContext } from '../load-context.ts'
import type { LoadDatabase } from '../stage/stage.ts'
import { column } from './columns.ts'
import { holdChangeOrder } from './load-lock.ts'
import { type MappingResult, mapBatch } from './map-batch.ts'
import { inTransaction } from './transaction.ts'
import { touchPatients, writePatients } from './write-patients.ts'
import { removeDerived, type Writable, writeDependencies, writeDerived } from './write-resources.ts'

/**
 * Maps stored resources again whose references have got another meaning: what they looked for has
 * arrived, changed or gone, now or in a load that was cut short. Patients whose entries come out as
 * they were are left alone.
 */
export async function mapAgain(context: LoadContext): Promise<void> {
  for (;;) {
    const { rows } = await sql<StoredRow>`
      select type, id, nhs_number, content::text as json from resource
      where not is_mapped order by type, id limit 500`.execute(context.db)
    if (rows.length === 0) return
    const touched = await mapStored(context, rows)
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

async function mapStored(context: LoadContext, rows: readonly StoredRow[]): Promise<string[]> {
  const { db, asOf } = context
  const mapped = await mapRows(context, rows)
  return inTransaction(db, async () => {
    await holdChangeOrder(db)
    const before = await findShown(db, rows)
    const numbers = new Map(rows.map((row) => [`${row.type}/${row.id}`, row.nhs_number]))
    // What shows nothing in a section, such as an objection, belongs to somebody all the same.
    const isSame = (one: Writable) =>
      shownBy(one) === (before.get(`${one.type}/${one.id}`) ?? '') &&
      one.mapping.nhsNumber === numbers.get(`${one.type}/${one.id}`)
    const same = mapped.filter(isSame)
    const changed = mapped.filter((one) => !isSame(one))
    const losing = await removeDerived(db, changed)
    await writeDerived(db, changed)
    await writeDependencies(db, same)
    await markMapped(db, mapped)
    const patients = mapped.filter((one) => one.type === 'Patient')
    const updated = await writePatients(
      context,
      patients.flatMap((one) => one.mapping.nhsNumber ?? []),
    )
    const gaining = changed.flatMap((one) => one.mapping.nhsNumber ?? [])
    const touched = new Set([...losing, ...gaining])
    for (const nhsNumber of updated) touched.delete(nhsNumber)
    await touchPatients(db, [...touched], asOf)
    return [...touched, ...updated]
  })
}

async function mapRows(context: LoadContext, rows: readonly StoredRow[]): Promise<Writable[]> {
  const resources = rows.map((row) => ({ ...(JSON.parse(row.json) as FhirResource), id: row.id }))
  const results = await mapBatch(
    rows.map((row, index) => ({
      type: row.type,
      id: row.id,
      resource: resources[index] as FhirResource,
      nhsNumber: row.nhs_number,
      isRefusedPatient: () => false,
    })),
    context.participant,
    context.resolver,
  )
  return rows.map((row, index) => {
    const result = results[index] as MappingResult
    const { nhs_number: nhsNumber } = row
    const { dependencies } = result
    const mapping = 'refusal' in result ? { ...nothing, nhsNumber, dependencies } : result
    const { type, id, json } = row
    return { ...asStored, type, id, json, mapping, resource: resources[index] as FhirResource }
  })
}

/** Without a patient a stored resource shows nothing, and waits for the patient to come back. */
const nothing = { items: [], relationships: [], patient: null }

/** The parts of a resource that mapping it again leaves as they are. */
const asStored = { version: null, lastUpdated: null, fullUrl: null, digest: '', isNew: false }

/** What a resource shows in the graph, in one comparable text. */
function shownBy({ mapping }: Writable): string {
  const items = mapping.items.map((item) =>
    JSON.stringify([
      mapping.nhsNumber,
      item.section,
      item.id,
      String((item.sortTime ?? NO_TIME).getTime()),
      item.sortKey,
      item.status,
      [...item.codes],
      item.isNoneKnown,
      item.isRestricted,
      JSON.stringify(item.item),
    ]),
  )
  const relationships = mapping.relationships.map((one) =>
    JSON.stringify([
      mapping.nhsNumber,
      one.ods_code,
      one.kind,
      one.starts_at === null ? null : String(one.starts_at.getTime()),
      one.ends_at === null ? null : String(one.ends_at.getTime()),
    ]),
  )
  return [...new Set([...items, ...relationships])].sort().join('\n')
}

/** The same text for what the store holds, by `Type/id`. */
async function findShown(
  db: LoadDatabase,
  rows: readonly StoredRow[],
): Promise<Map<string, string>> {
  const { rows: found } = await sql<{ resource: string; shown: unknown[] }>`
    with wanted as (
      select * from unnest(
        ${column(rows.map(({ type }) => type))}, ${column(rows.map(({ id }) => id))}
      ) as wanted (type, id)
    )
    select wanted.type || '/' || wanted.id as resource, json_build_array(nhs_number, section, item.id,
      ${milliseconds('sort_time')}, sort_key, status, codes, is_none_known, is_restricted,
      item.item::text) as shown
    from wanted join item on item.resource_type = wanted.type and item.resource_id = wanted.id
    union all
    select wanted.type || '/' || wanted.id, json_build_array(nhs_number, ods_code, kind,
      ${milliseconds('starts_at')}, ${milliseconds('ends_at')})
    from wanted join care_relationship as shown
      on shown.resource_type = wanted.type and shown.resource_id = wanted.id`.execute(db)
  const shown = new Map<string, string[]>()
  for (const { resource, shown: one } of found) {
    shown.set(resource, [...(shown.get(resource) ?? []), JSON.stringify(one)])
  }
  return new Map([...shown].map(([resource, ones]) => [resource, ones.sort().join('\n')]))
}

function milliseconds(moment: string) {
  return sql`(extract(epoch from ${sql.ref(moment)}) * 1000)::bigint::text`
}

async function markMapped(db: LoadDatabase, mapped: readonly Writable[]): Promise<void> {
  await sql`
    update resource set is_mapped = true, nhs_number = mapped.nhs_number
    from unnest(
      ${column(mapped.map((one) => one.type))},
      ${column(mapped.map((one) => one.id))},
      ${column(mapped.map((one) => one.mapping.nhsNumber))}
    ) as mapped (type, id, nhs_number)
    where resource.type = mapped.type and resource.id = mapped.id`.execute(db)
}
