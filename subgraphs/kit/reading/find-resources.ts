import type { Kysely } from 'kysely'
import type { FhirResource } from '../fhir/resource.ts'
import type { ParticipantDatabase } from '../store/tables.ts'

/**
 * A patient's original resources of one type, the one last taken in first. A resource counts once it
 * gave an entry, and not when any of its entries may never be shared.
 */
export async function findResources(
  db: Kysely<ParticipantDatabase>,
  nhsNumber: string,
  resourceType: string,
): Promise<FhirResource[]> {
  const rows = await db
    .selectFrom('resource')
    .select('content')
    .where('nhs_number', '=', nhsNumber)
    .where('type', '=', resourceType)
    .where((where) => {
      const entries = where
        .selectFrom('item')
        .select('item.id')
        .whereRef('item.resource_type', '=', 'resource.type')
        .whereRef('item.resource_id', '=', 'resource.id')
      return where.and([
        where.exists(entries.where('item.nhs_number', '=', nhsNumber)),
        where.not(where.exists(entries.where('item.is_restricted', '=', true))),
      ])
    })
    .orderBy('last_updated', (order) => order.desc().nullsLast())
    .orderBy('loaded_at', 'desc')
    .orderBy('id')
    .execute()
  return rows.map((row) => row.content as FhirResource)
}
