import { type Kysely, sql } from 'kysely'
import type { ExclusionLists } from '../exclusions/exclusion-lists.ts'
import { isExcludedItself } from '../exclusions/find-codings.ts'
import type { FhirResource } from '../fhir/resource.ts'
import { identityInUrl } from '../load/read/identity.ts'
import { asSent } from '../load/resolve/as-sent.ts'
import { targetOf } from '../load/resolve/references.ts'
import type { ParticipantDatabase } from '../store/tables.ts'
import { standsOn } from './held.ts'
import type { RecordKey } from './slice.ts'

/** Whose resources are looked for, and of which type. */
export interface WantedResources extends RecordKey {
  readonly type: string
}

/**
 * A patient's original resources of one type, the one last taken in first. A resource counts once it
 * gave an entry, and not when it is never shared or not understood; references to what is never shared are taken out,
 * words and all.
 */
export async function findResources(
  db: Kysely<ParticipantDatabase>,
  wanted: WantedResources,
  lists: ExclusionLists,
): Promise<FhirResource[]> {
  const found = await findShared(db, wanted)
  const shared = found.filter((resource) => !isExcludedItself(resource, lists))
  if (shared.length === 0) return []
  const hidden = await findHidden(db, wanted.nhsNumber)
  const open = hidden.size === 0 ? shared : shared.map((one) => withoutReferences(one, hidden))
  return open.map(asSent)
}

async function findShared(
  db: Kysely<ParticipantDatabase>,
  { nhsNumber, server, type }: WantedResources,
): Promise<FhirResource[]> {
  const isAsked = server === null ? sql<boolean>`true` : standsOn('resource', sql`${server}::text`)
  const rows = await db
    .selectFrom('resource')
    .select('content')
    .where('nhs_number', '=', nhsNumber)
    .where('type', '=', type)
    .where('exclusion', 'is', null)
    .where(isAsked)
    .where((where) => {
      const entries = where
        .selectFrom('item')
        .select('item.id')
        .whereRef('item.resource_type', '=', 'resource.type')
        .whereRef('item.resource_id', '=', 'resource.id')
      return where.and([
        where.exists(entries.where('item.nhs_number', '=', nhsNumber)),
        where.not(where.exists(entries.where('item.is_restricted', '=', true))),
        where.not(where.exists(entries.where('item.is_understood', '=', false))),
      ])
    })
    .orderBy('last_updated', (order) => order.desc().nullsLast())
    .orderBy('loaded_at', 'desc')
    .orderBy('id')
    .execute()
  return rows.map((row) => row.content as FhirResource)
}

/** `Type/id` of what is never shared of the patient, and of places and services. */
async function findHidden(
  db: Kysely<ParticipantDatabase>,
  nhsNumber: string,
): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectFrom('resource')
    .select(['type', 'id'])
    .where('exclusion', 'is not', null)
    .where((where) =>
      where.or([where('nhs_number', '=', nhsNumber), where('nhs_number', 'is', null)]),
    )
    .execute()
  return new Set(rows.map(({ type, id }) => `${type}/${id}`))
}

/** A resource without its references to what is never shared, words and all. */
export function withoutReferences<Value>(value: Value, hidden: ReadonlySet<string>): Value {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) {
    const kept = value.filter((one: unknown) => !pointsTo(one, hidden))
    return kept.map((one: unknown) => withoutReferences(one, hidden)) as Value
  }
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, part]) => !pointsTo(part, hidden))
      .map(([key, part]) => [key, withoutReferences<unknown>(part, hidden)]),
  ) as Value
}

function pointsTo(value: unknown, hidden: ReadonlySet<string>): boolean {
  if (typeof value !== 'object' || value === null) return false
  const { reference, url } = value as { reference?: unknown; url?: unknown }
  // As the store binds it, and as it is written: what may be hidden is.
  return [reference, url]
    .flatMap((pointer) => [targetOf(pointer), identityInUrl(pointer)])
    .some((target) => target !== null && hidden.has(`${target.type}/${target.id}`))
}
