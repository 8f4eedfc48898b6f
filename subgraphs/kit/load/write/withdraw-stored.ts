import { sql } from 'kysely'
import { NHS_NUMBER } from '../../fhir/nhs-number.ts'
import { nhsNumberOf } from '../../fhir/own-number.ts'
import type { FhirResource } from '../../fhir/resource.ts'
import type { LoadContext } from '../load-context.ts'
import { identifierKey } from '../read/identity.ts'
import { writeBatch } from './write-batch.ts'

/** So many Patients are looked at at a time. */
const portion = 500

/**
 * Takes stored Patients out whose number cannot be gone by any more: taken in before that was looked
 * at, or ended since. Only those that are to be mapped again anyhow are looked at.
 */
export async function withdrawStored(context: LoadContext): Promise<void> {
  await forgetOtherNumbers(context)
  // What this load has written may hang on them, too.
  const everything = { ...context, wasEmpty: false, loadedAt: '-infinity' }
  let last = ''
  for (;;) {
    const { rows } = await sql<{ id: string; nhs_number: string; json: string }>`
      select id, nhs_number, content::text as json from resource
      where type = 'Patient' and not is_mapped and id > ${last}
      order by id limit ${portion}`.execute(context.db)
    const end = rows.at(-1)
    if (end === undefined) return
    last = end.id
    const removed = rows
      .filter((row) => {
        const own = nhsNumberOf(JSON.parse(row.json) as FhirResource, context.asOf)
        return !('nhsNumber' in own) || own.nhsNumber !== row.nhs_number
      })
      .map(({ id }) => ({ type: 'Patient', id }))
    if (removed.length === 0) continue
    for (const nhsNumber of await writeBatch(everything, { written: [], removed })) {
      context.tally.patients.add(nhsNumber)
    }
    for (const { type, id } of removed) context.resolver.forget(type, id)
  }
}

/** Another NHS number that stands in a Patient may be somebody else's: nothing is found by it. */
async function forgetOtherNumbers({ db }: LoadContext): Promise<void> {
  const nhsKey = identifierKey(NHS_NUMBER, '')
  await sql`
    delete from resource_alias as alias using resource
    where resource.type = 'Patient' and not resource.is_mapped
      and alias.type = 'Patient' and alias.id = resource.id
      and starts_with(alias.alias, ${nhsKey}) and alias.alias <> ${nhsKey} || resource.nhs_number
  `.execute(db)
}
