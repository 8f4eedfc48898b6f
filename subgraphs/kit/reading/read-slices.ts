import { type Kysely, sql } from 'kysely'
import { subgraphError } from '../errors.ts'
import { NO_TIME, type ParticipantDatabase } from '../store/tables.ts'
import { heldBy, isHeld, standsOn } from './held.ts'
import type { RecordKey, Slice } from './slice.ts'

/** What a participant knows about a patient as a whole. */
export interface HeldPatient {
  /** The contract's `Demographics`, whole: what of a sensitive patient is withheld depends on the reader. */
  readonly demographics: object
  /** S-flagged by this participant. */
  readonly isSensitive: boolean
  readonly asOf: Date
}

/** One entry of a page. */
export interface Entry {
  /** Milliseconds since 1970; null where the source recorded no time. */
  readonly timeMs: number | null
  readonly key: string
  readonly id: string
  /** In the contract's shape. */
  readonly item: object
}

/** One section's answer. */
export interface Page {
  readonly entries: readonly Entry[]
  readonly hasNextPage: boolean
  /** Whether the section has an entry at all, on another page or outside the filters included. */
  readonly hasEntries: boolean
  /** Provenance of every statement in force that the patient has none. */
  readonly statedNoneKnown: readonly object[]
  /** Whether the section has an entry or statement that is not shown, since it is not understood. */
  readonly hasNotUnderstood: boolean
}

/** The patient as a whole, instead of a section. */
export interface PatientKey extends RecordKey {
  readonly section: null
}

interface Row {
  readonly ordinal: number
  /** One more than asked for when there is a next page. */
  readonly entries: [timeMs: number, key: string, id: string, item: object][] | null
  readonly has_entries: boolean
  readonly has_not_understood: boolean
  readonly statements: (object[] | null)[] | null
  readonly demographics: object | null
  readonly is_sensitive: boolean | null
  readonly is_disputed: boolean | null
  readonly as_of: Date | null
}

const NO_TIME_MS = NO_TIME.getTime()

/**
 * Reads any number of slices, and patients, in one statement: each slice walks the index
 * `item_page` from its cursor and stops after its page. Restricted entries are in no answer, no
 * count and no status; of those that are not understood the answer says that there are some.
 *
 * @returns in the order asked: a page for a slice; for a patient who they are, null when the participant
 *   holds nothing about them that may be shared, an error when it cannot tell whose the record is
 */
export async function readSlices(
  db: Kysely<ParticipantDatabase>,
  wanted: readonly (Slice | PatientKey)[],
): Promise<(Page | HeldPatient | Error | null)[]> {
  const { rows } = await statement(JSON.stringify(wanted.map(toParameters))).execute(db)
  return wanted.map((key, ordinal) => {
    const row = rows[ordinal]
    if (!row) throw new Error('The statement answered fewer rows than were asked for')
    return key.section === null ? toPatient(row) : toPage(row, key.first)
  })
}

/** Nothing that begins so long before a moment lasts until then: a year, and a day for the clocks. */
const LONGEST = sql.raw("interval '8808 hours'")

function statement(parameters: string) {
  return sql<Row>`/* prepared as read-slices */
    select slice.ordinal, page.entries, patient.demographics, patient.is_sensitive,
      patient.is_disputed, patient.as_of, statement.statements,
      page.entries is not null or (
        select true from item
        where item.nhs_number = slice.nhs_number and item.section = slice.section
          and ${isAsked}
          and not item.is_restricted and not item.is_none_known
          and item.is_understood and item.status <> 'ENTERED_IN_ERROR'
        limit 1
      ) is not null as has_entries,
      (
        select true from item
        where item.nhs_number = slice.nhs_number and item.section = slice.section
          and ${isAsked}
          and not item.is_understood and not item.is_restricted
        limit 1
      ) is not null as has_not_understood
    from json_to_recordset(${parameters}::json) as slice (
      ordinal int, nhs_number text, server text, section text, first int,
      after_time timestamptz, after_key text, after_id text,
      since timestamptz, until timestamptz, codes text[], status text[]
    )
    left join lateral (
      select json_agg(json_build_array(
        (extract(epoch from entry.sort_time) * 1000)::bigint, entry.sort_key, entry.id, entry.item
      )) as entries
      from (
        select sort_time, sort_key, id, item from item
        where item.nhs_number = slice.nhs_number and item.section = slice.section
          and ${isAsked}
          and not item.is_restricted and not item.is_none_known and item.is_understood
          and item.last_time >= coalesce(slice.since, '-infinity')
          and item.sort_time >= coalesce(slice.since - ${LONGEST}, '-infinity')
          and item.sort_time < coalesce(slice.until, 'infinity')
          and item.sort_time <= coalesce(slice.after_time, 'infinity')
          and (slice.after_time is null
            or item.sort_time < slice.after_time
            or item.sort_key > slice.after_key
            or (item.sort_key = slice.after_key and item.id > slice.after_id))
          and (slice.codes is null or item.codes && slice.codes)
          and case when slice.status is null then item.status <> 'ENTERED_IN_ERROR'
            else item.status = any (slice.status) end
        order by item.sort_time desc, item.sort_key, item.id
        limit slice.first + 1
      ) as entry
    ) as page on slice.section is not null
    left join lateral (
      select json_agg(item.item -> 'provenance') as statements from item
      where item.nhs_number = slice.nhs_number and item.section = slice.section
        and ${isAsked}
        and item.is_none_known and not item.is_restricted and item.is_understood
        and item.status not in ('ENTERED_IN_ERROR', 'INACTIVE', 'RESOLVED')
    ) as statement on slice.section is not null
    left join lateral (
      select demographics, is_sensitive, is_disputed, as_of from patient
      where slice.section is null and slice.server is null
        and patient.nhs_number = slice.nhs_number and ${isHeld}
      union all
      select server.value -> 'demographics', (server.value ->> 'isSensitive')::boolean,
        (server.value ->> 'isDisputed')::boolean, patient.as_of
      from patient cross join lateral json_array_elements(patient.servers) as server
      where slice.section is null and server.value ->> 'server' = slice.server
        and patient.nhs_number = slice.nhs_number
        and ${heldBy(standsOn('item', sql`slice.server`), sql`server.value -> 'demographics'`)}
      limit 1
    ) as patient on true
    order by slice.ordinal`
}

const isAsked = sql`(slice.server is null or ${standsOn('item', sql`slice.server`)})`

function toParameters(key: Slice | PatientKey, ordinal: number) {
  const { nhsNumber, server } = key
  if (key.section === null) return { ordinal, nhs_number: nhsNumber, server, section: null }
  return {
    ordinal,
    nhs_number: nhsNumber,
    server,
    section: key.section,
    first: key.first,
    after_time: key.after && (key.after.time ?? NO_TIME.toISOString()),
    after_key: key.after?.key,
    after_id: key.after?.id,
    since: key.since?.toISOString(),
    until: key.until?.toISOString(),
    codes: key.codes,
    status: key.status,
  }
}

function toPage(row: Row, first: number | null): Page {
  const found = row.entries ?? []
  const hasNextPage = first !== null && found.length > first
  return {
    entries: (hasNextPage ? found.slice(0, first) : found).map(([timeMs, key, id, item]) => ({
      timeMs: timeMs === NO_TIME_MS ? null : timeMs,
      key,
      id,
      item,
    })),
    hasNextPage,
    hasEntries: row.has_entries,
    statedNoneKnown: (row.statements ?? []).flatMap((provenance) => provenance ?? []),
    hasNotUnderstood: row.has_not_understood,
  }
}

function toPatient(row: Row): HeldPatient | Error | null {
  if (row.demographics === null || row.as_of === null) return null
  if (row.is_disputed !== false) return subgraphError('SEVERAL_PEOPLE')
  // A flag that is not there is not known to be down.
  const isSensitive = row.is_sensitive !== false
  return { demographics: row.demographics, isSensitive, asOf: row.as_of }
}
