import { type Kysely, sql } from 'kysely'
import { badArgument } from '../errors.ts'
import { objectionOf, strongestOf } from '../fhir/objection.ts'
import type { FhirResource } from '../fhir/resource.ts'
import type { FeedArguments, PatientChange, PatientFeed, ServerChange } from '../record-source.ts'
import type { ParticipantDatabase } from '../store/tables.ts'
import { PAGE_LIMIT, readFirst } from './arguments.ts'
import { heldBy, isHeld, standsOn } from './held.ts'

interface Row {
  readonly change: string
  readonly nhs_number: string
  readonly demographics: object
  readonly holds_record: boolean
  readonly is_sensitive: boolean
  readonly superseded_by: string | null
  readonly supersedes: readonly string[]
  readonly as_of: Date
  readonly consents: readonly FhirResource[] | null
  readonly relationships: readonly object[]
  readonly servers: readonly ServerChange[]
}

/**
 * The patients that changed after a cursor, oldest change first, each as it is now: a patient who
 * changed twice comes once. A cursor of another store, or from before a backup was put back, starts
 * over: everything comes again, and nothing is missed. Demographics are whole: the index alone reads
 * this, and withholds a sensitive patient's location from who may not see it.
 *
 * @param options.contributes false for a participant that publishes no record
 * @throws BAD_USER_INPUT, naming the argument, when one cannot be used
 */
export async function readFeed(
  db: Kysely<ParticipantDatabase>,
  options: FeedArguments & { readonly contributes: boolean },
): Promise<PatientFeed> {
  const after = readAfter(options.after)
  const first = readFirst(options.first, PAGE_LIMIT)
  return db.transaction().execute(async (transaction) => {
    const store = await readStore(transaction)
    const isOurs = after.store === store.id && BigInt(after.change) <= BigInt(store.newest)
    const from = isOurs ? after.change : '0'
    const { rows } = await selectChanges(from, first + 1).execute(transaction)
    const changes = rows.slice(0, first)
    const reached = changes.at(-1)?.change ?? from
    return {
      changes: changes.map((row) => toChange(row, options.contributes)),
      cursor: reached === '0' ? null : `${store.id}.${reached}`,
      hasMore: rows.length > first,
    }
  })
}

async function readStore(db: Kysely<ParticipantDatabase>) {
  return db
    .selectFrom('store')
    .select(['id', sql<string>`(select coalesce(max(change), 0)::text from patient)`.as('newest')])
    .executeTakeFirstOrThrow()
}

function selectChanges(after: string, limit: number) {
  return sql<Row>`
    select patient.change::text, patient.nhs_number, patient.demographics, patient.is_sensitive,
      patient.superseded_by, patient.supersedes, patient.as_of, ${isHeld} as holds_record,
      (
        select json_agg(content) from resource
        where type = 'Consent' and resource.nhs_number = patient.nhs_number
      ) as consents,
      (
        select coalesce(json_agg(json_build_object(
          'odsCode', ods_code, 'kind', kind, 'startsAt', starts_at, 'endsAt', ends_at,
          'evidence', resource_type || '/' || resource_id, 'referrer', referrer,
          'recordedAt', recorded_at
        ) order by ods_code, kind, resource_type, resource_id), '[]')
        from care_relationship where care_relationship.nhs_number = patient.nhs_number
      ) as relationships,
      (
        select coalesce(json_agg(json_build_object(
          'server', server.value -> 'server', 'demographics', server.value -> 'demographics',
          'holdsRecord', ${heldBy(standsOn('item', sql`server.value ->> 'server'`), sql`server.value -> 'demographics'`)},
          'isSensitive', server.value -> 'isSensitive',
          'supersededBy', server.value -> 'supersededBy', 'supersedes', server.value -> 'supersedes'
        )), '[]')
        from json_array_elements(patient.servers) as server
      ) as servers
    from patient where patient.change > ${after}::bigint
    order by patient.change limit ${limit}`
}

function toChange(row: Row, contributes: boolean): PatientChange {
  return {
    nhsNumber: row.nhs_number,
    demographics: row.demographics,
    holdsRecord: contributes && row.holds_record,
    isSensitive: row.is_sensitive,
    supersededBy: row.superseded_by,
    supersedes: row.supersedes,
    asOf: row.as_of.toISOString(),
    objection: strongestOf((row.consents ?? []).map(objectionOf)),
    relationships: row.relationships,
    servers: row.servers.map((one) => ({
      ...one,
      holdsRecord: contributes && one.holdsRecord,
    })),
  }
}

function readAfter(after: unknown): { readonly store: string | null; readonly change: string } {
  if (after === undefined || after === null) return { store: null, change: '0' }
  const [, store, change] = /^([\w-]{1,64})\.(\d{1,18})$/.exec(String(after)) ?? []
  if (store !== undefined && change !== undefined) return { store, change }
  throw badArgument('after', 'a cursor that this feed gave out')
}
