import { parseFhir } from '../../fhir/parse-fhir.ts'
import type { FhirResource } from '../../fhir/resource.ts'
import type { LoadContext } from '../load-context.ts'
import type { RefusalReason } from '../report.ts'
import { bindReferences } from '../resolve/bind-references.ts'
import { patientLookup } from '../resolve/patient-of.ts'
import { targetOf } from '../resolve/references.ts'
import { rememberDeletions } from '../stage/deletion.ts'
import { type StagedRow, turns } from '../stage/stage.ts'
import { mapBatch } from './map-batch.ts'
import { findMistakenWithdrawals } from './mistaken-withdrawals.ts'
import { isRefusedValue } from './transaction.ts'
import { writeBatch } from './write-batch.ts'
import type { Writable } from './write-resources.ts'

/** Writes what is staged, in batches: patients first, then everything that hangs on them, a Provenance before its targets. */
export async function applyStage(context: LoadContext): Promise<void> {
  for (const turn of turns) {
    let last = -1
    for (;;) {
      const rows = await context.stage.nextRows(turn, last)
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
  const mistaken = await findMistakenWithdrawals(context.db, rows)
  await leaveOut(context, mistaken)
  const removed = rows.filter((row) => row.isDeletion && !mistaken.includes(row))
  const deleted = removed.filter((row) => !row.isWithdrawal)
  await rememberDeletions(context.db, deleted, context.asOf)
  const writables = await mapRows(
    context,
    rows.filter((row) => !row.isDeletion),
  )
  await write(context, writables, removed)
}

/** A row whose references are bound. */
interface Body {
  readonly row: StagedRow
  readonly resource: FhirResource
  readonly json: string
}

type WritableRow = Writable & { readonly row: StagedRow }

/** Maps what a batch of rows holds; those that cannot be taken in are refused and left out. */
async function mapRows(context: LoadContext, rows: readonly StagedRow[]): Promise<WritableRow[]> {
  const { resolver, judging } = context
  const bodies = await bindRows(context, rows)
  for (const { row, resource, json } of bodies) {
    const nhsNumber = row.type === 'Patient' ? row.nhsNumber : null
    judging.remember(resource, row.isExcluded)
    resolver.offer({ type: row.type, id: row.id, nhsNumber, resource }, json.length)
  }
  const refusedPatients = await findRefusedPatients(context, bodies)
  const results = await mapBatch(
    bodies.map(({ row, resource }) => ({
      type: row.type,
      id: row.id,
      resource,
      nhsNumber: row.nhsNumber,
      isRefusedPatient: (id) => refusedPatients.has(`${row.scope} ${id}`),
    })),
    context,
  )
  const writables: WritableRow[] = []
  const refused = new Map<RefusalReason, StagedRow[]>()
  bodies.forEach(({ row, resource, json }, index) => {
    const mapping = results[index]
    if (mapping === undefined) return
    if ('refusal' in mapping) {
      refused.set(mapping.refusal, [...(refused.get(mapping.refusal) ?? []), row])
    } else writables.push({ ...row, row, resource, json, mapping })
  })
  for (const [reason, ones] of refused) await refuse(context, ones, reason)
  return writables
}

/** Writes a batch; where the database refuses a value, the batch is halved until it is found. */
async function write(
  context: LoadContext,
  written: readonly WritableRow[],
  removed: readonly StagedRow[],
): Promise<void> {
  if (written.length + removed.length === 0) return
  try {
    const touched = await writeBatch(context, { written, removed })
    for (const { type } of written) context.tally.count('loaded', type)
    for (const { type, isNew, isWithdrawal } of removed) {
      // What was not there is remembered as deleted, and changes nothing that anybody sees.
      if (!isWithdrawal) context.tally.count(isNew ? 'unchanged' : 'loaded', type)
    }
    for (const one of written) {
      const { type, mapping } = one
      context.tally.notices.add(type, mapping.notices)
      for (const { section } of mapping.items) context.tally.countSection(section)
      tallyContents(context, one)
    }
    for (const nhsNumber of touched) context.tally.patients.add(nhsNumber)
  } catch (error) {
    const [only, another] = written
    if (!isRefusedValue(error) || only === undefined) throw error
    if (another === undefined) {
      await refuse(context, [only.row], 'NOT_STORABLE')
      return write(context, [], removed)
    }
    const half = Math.ceil(written.length / 2)
    await write(context, written.slice(0, half), removed)
    await write(context, written.slice(half), [])
  }
}

/** What stands in a resource comes in with it, but for what is refused by itself. */
function tallyContents({ tally }: LoadContext, { row, mapping }: WritableRow): void {
  const left = [...row.contained]
  for (const { place, resourceType, reason } of mapping.strays) {
    const at = left.indexOf(resourceType)
    if (at >= 0) left.splice(at, 1)
    const whole = [row.place, place].filter((part) => part !== '').join(', ')
    tally.refuseContained({ file: row.file, place: whole, resourceType, reason })
  }
  for (const type of left) tally.countContained('loaded', type)
}

async function refuse(
  context: LoadContext,
  rows: readonly StagedRow[],
  reason: RefusalReason,
): Promise<void> {
  if (rows.length === 0) return
  for (const { file, place, type, contained } of rows) {
    context.tally.refuse({ file, place, resourceType: type, reason }, contained)
  }
  await leaveOut(context, rows)
}

async function leaveOut(context: LoadContext, rows: readonly StagedRow[]): Promise<void> {
  if (rows.length === 0) return
  for (const { type, id } of rows) context.resolver.forget(type, id)
  await context.stage.refuse(rows)
}

async function bindRows(context: LoadContext, rows: readonly StagedRow[]): Promise<Body[]> {
  const bound = await bindReferences(context.stage, rows)
  return rows.map((row, index) => {
    const json = bound[index] ?? ''
    const atHand = json === row.json ? row.resource : null
    const resource = atHand ?? { ...(parseFhir(json) as FhirResource), id: row.id }
    return { row, json, resource }
  })
}

/** Those of the patients that a batch names who were refused, each as Bundle and id. */
async function findRefusedPatients(
  context: LoadContext,
  bodies: readonly Body[],
): Promise<ReadonlySet<string>> {
  const named = new Map<string, { scope: number; id: string }>()
  for (const { row, resource } of bodies) {
    const patient = targetOf(patientLookup(resource, context.asOf)?.reference?.trim())
    if (patient?.type !== 'Patient') continue
    named.set(`${row.scope} ${patient.id}`, { scope: row.scope, id: patient.id })
  }
  if (named.size === 0) return new Set()
  const areRefused = await context.stage.areRefusedPatients([...named.values()])
  return new Set([...named.keys()].filter((_, index) => areRefused[index]))
}
