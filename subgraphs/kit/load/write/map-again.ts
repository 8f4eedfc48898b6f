import { sql } from 'kysely'
import { findExcluded } from '../exclude/defer-judgement.ts'
import { judgeRecord } from '../exclude/judge-record.ts'
import type { LoadContext } from '../load-context.ts'
import { mapStored, type Records, type StoredRow } from './map-stored.ts'
import { withdrawStored } from './withdraw-stored.ts'

/**
 * Maps stored resources again whose references have got another meaning: what they looked for has
 * arrived, changed or gone, now or in a load that was cut short. Patients whose entries come out as
 * they were are left alone.
 */
export async function mapAgain(context: LoadContext): Promise<void> {
  await withdrawStored(context)
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
