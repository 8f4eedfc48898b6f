import { type Kysely, sql } from 'kysely'
import type { FhirResource } from '../../fhir/resource.ts'
import type { LoadContext } from '../load-context.ts'
import { identityInUrl } from '../read/identity.ts'
import type { RefusalReason } from '../report.ts'
import { bindUrns } from '../resolve/bind-urns.ts'
import { patientLookup } from '../resolve/patient-of.ts'
import { isUrn } from '../resolve/references.ts'
import { type LoadDatabase, readContents } from '../stage/stage.ts'
import { column } from './columns.ts'
import { mapBatch } from './map-batch.ts'
import { findReplacedPeople } from './replaced-people.ts'
import { isRefusedValue } from './transaction.ts'
import { writeBatch } from './write-batch.ts'
import type { Writable } from './write-resources.ts'

const batchEntries = 1000
const batchLength = 1.5 * 1024 * 1024

/** A staged entry that changes the store. */
export interface StagedRow {
  readonly seq: string
  readonly file: string
  readonly place: string
  readonly scope: string
  readonly type: string
  readonly id: string
  readonly full_url: string | null
  readonly version: string | null
  readonly last_updated: Date | null
  readonly digest: string
  readonly is_deletion: boolean
  readonly nhs_number: string | null
  readonly size: number
  readonly is_new: boolean
}

/** Writes what is staged, in batches: patients first, then everything that hangs on them. */
export async function applyStage(context: LoadContext): Promise<void> {
  for (const isPatient of [true, false]) {
    let last = '-1'
    for (;;) {
      const rows = await nextRows(context.db, isPatient, last)
      const end = rows.at(-1)
      if (end === undefined) break
      last = end.seq
      await applyBatch(context, rows)
      context.resolver.trim()
      context.onBatch(rows.length)
    }
  }
}

async function applyBatch(context: LoadContext, rows: readonly StagedRow[]): Promise<void> {
  const removed = rows.filter((row) => row.is_deletion)
  const impostors = await findReplacedPeople(context, rows)
  const isImpostor = (row: StagedRow) => row.type === 'Patient' && impostors.has(row.id)
  await refuse(context, rows.filter(isImpostor), 'DIFFERENT_PATIENT')
  const taken = rows.filter((row) => !row.is_deletion && !isImpostor(row))
  const writables = await mapRows(context, taken)
  await write(context, writables, removed)
}

/** Maps what a batch of rows holds; those that cannot be taken in are refused and left out. */
async function mapRows(context: LoadContext, rows: readonly StagedRow[]) {
  const { db, participant, resolver } = context
  const bodies = await readBodies(context, rows)
  for (const { row, resource, json } of bodies) {
    const nhsNumber = row.type === 'Patient' ? row.nhs_number : null
    resolver.offer({ type: row.type, id: row.id, nhsNumber, resource }, json.length)
  }
  const refusedPatients = await findRefusedPatients(db, bodies)
  const results = await mapBatch(
    bodies.map(({ row, resource }) => ({
      type: row.type,
      id: row.id,
      resource,
      nhsNumber: row.nhs_number,
      isRefusedPatient: (id) => refusedPatients.has(`${row.scope} ${id}`),
    })),
    participant,
    resolver,
  )
  const writables: (Writable & { readonly row: StagedRow })[] = []
  const refused = new Map<RefusalReason, StagedRow[]>()
  bodies.forEach(({ row, resource, json }, index) => {
    const mapping = results[index]
    if (mapping === undefined) return
    if ('refusal' in mapping) {
      refused.set(mapping.refusal, [...(refused.get(mapping.refusal) ?? []), row])
    } else writables.push({ ...toWritable(row), row, resource, json, mapping })
  })
  for (const [reason, ones] of refused) await refuse(context, ones, reason)
  return writables
}

/** Writes a batch; where the database refuses a value, the batch is halved until it is found. */
async function write(
  context: LoadContext,
  written: readonly (Writable & { readonly row: StagedRow })[],
  removed: readonly StagedRow[],
): Promise<void> {
  if (written.length + removed.length === 0) return
  try {
    const touched = await writeBatch(context, { written, removed }, !context.wasEmpty)
    for (const { type } of [...written, ...removed]) context.tally.count('loaded', type)
    for (const nhsNumber of touched) context.tally.patients.add(nhsNumber)
  } catch (error) {
    if (!isRefusedValue(error)) throw error
    const [only, another] = written
    if (only !== undefined && another === undefined) {
      await refuse(context, [only.row], 'NOT_STORABLE')
      return write(context, [], removed)
    }
    const half = Math.ceil(written.length / 2)
    if (only === undefined) throw error
    await write(context, written.slice(0, half), removed)
    await write(context, written.slice(half), [])
  }
}

async function refuse(
  context: LoadContext,
  rows: readonly StagedRow[],
  reason: RefusalReason,
): Promise<void> {
  if (rows.length === 0) return
  for (const { file, place, type, id } of rows) {
    context.tally.refuse({ file, place, resourceType: type, reason })
    context.resolver.forget(type, id)
  }
  await sql`
    update staged set outcome = 'REFUSED'
    where seq = any(${column(rows.map((row) => row.seq))}::bigint[])`.execute(context.db)
}

async function nextRows(
  db: Kysely<LoadDatabase>,
  isPatient: boolean,
  last: string,
): Promise<StagedRow[]> {
  const { rows } = await sql<StagedRow>`
    select seq, file, place, scope, type, id, full_url, version, last_updated,
      encode(digest, 'hex') as digest, is_deletion, nhs_number, size, outcome = 'NEW' as is_new
    from staged
    where outcome in ('NEW', 'CHANGED') and (type = 'Patient') = ${isPatient}
      and seq > ${last}::bigint
    order by seq limit ${batchEntries}`.execute(db)
  let length = 0
  const end = rows.findIndex((row, index) => {
    length += row.size
    return index > 0 && length > batchLength
  })
  return end < 0 ? rows : rows.slice(0, end)
}

interface Body {
  readonly row: StagedRow
  readonly resource: FhirResource
  readonly json: string
}

async function readBodies(context: LoadContext, rows: readonly StagedRow[]): Promise<Body[]> {
  const { db, atHand } = context
  const numbers = rows.map((row) => row.seq)
  const contents = await readContents(db, numbers, atHand)
  const written = numbers.map((seq) => contents.get(seq) ?? '')
  const bound = await bindUrns(
    db,
    rows.map((row, index) => ({ json: written[index] ?? '', scope: Number(row.scope) })),
  )
  return rows.map((row, index) => {
    const json = bound[index] ?? ''
    const isAsWritten = json === written[index]
    const parsed = isAsWritten ? atHand.get(row.seq)?.resource : undefined
    return { row, json, resource: parsed ?? (JSON.parse(json) as FhirResource) }
  })
}

async function findRefusedPatients(
  db: Kysely<LoadDatabase>,
  bodies: readonly Body[],
): Promise<Set<string>> {
  const named = bodies.flatMap(({ row, resource }) => {
    const patient = identityInUrl(patientLookup(resource)?.reference)
    return patient?.type === 'Patient' ? [{ scope: row.scope, id: patient.id }] : []
  })
  if (named.length === 0) return new Set()
  const { rows } = await sql<{ key: string }>`
    select distinct scope || ' ' || id as key from staged
    where type = 'Patient' and outcome = 'REFUSED' and (scope, id) in (
      select * from unnest(
        ${column(named.map((one) => one.scope))}::bigint[], ${column(named.map((one) => one.id))}
      ))`.execute(db)
  return new Set(rows.map((row) => row.key))
}

function toWritable(row: StagedRow) {
  return {
    type: row.type,
    id: row.id,
    version: row.version,
    lastUpdated: row.last_updated,
    fullUrl: row.full_url === null || isUrn(row.full_url) ? null : row.full_url,
    digest: row.digest,
    isNew: row.is_new,
  }
}
