import { type Kysely, sql, type Transaction } from 'kysely'
import { storable } from '../../kit/fhir/elements.ts'
import { holderKeysOf } from '../holder-keys.ts'
import type { IndexDatabase } from '../store/tables.ts'
import type { FeedPage, PatientChange } from './feed-page.ts'

/**
 * Writes one page of a participant's feed and the cursor behind it in one transaction: after a crash
 * the feed goes on exactly where the index stands.
 */
export async function takeIn(
  db: Kysely<IndexDatabase>,
  participant: string,
  page: FeedPage & { readonly edition: number },
  now: Date,
): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    if (page.changes.length > 0) await takeChanges(transaction, participant, page.changes)
    // Only the end of a feed is a success: until then patients may be missing here.
    const success = page.hasMore ? {} : { last_success_at: now }
    const progress = {
      cursor: page.cursor,
      last_error: null,
      edition: page.edition,
      ...success,
    }
    await transaction
      .insertInto('feed_cursor')
      .values({ participant, ...progress })
      .onConflict((conflict) => conflict.column('participant').doUpdateSet(progress))
      .execute()
  })
}

/** Writes what one teller says of some patients, in the place of all that it said of them before. */
export async function takeChanges(
  transaction: Transaction<IndexDatabase>,
  participant: string,
  changes: readonly PatientChange[],
): Promise<void> {
  const told = changes.flatMap(toHolders)
  const holders = toStorableJson(told)
  await sql`
    insert into holder (nhs_number, participant, server, holds_record, demographics, is_sensitive,
      as_of, birth_date, family_key, name_keys, name_part_keys, postcode_keys, objection)
    select nhs_number, ${participant}, server, holds_record, demographics, is_sensitive,
      as_of, birth_date, family_key, name_keys, name_part_keys, postcode_keys,
      case when tells_objection then objection else (
        select known.objection from holder as known
        where known.nhs_number = change.nhs_number and known.participant = ${participant}
        limit 1
      ) end
    from json_to_recordset(${holders}::json) as change (
      nhs_number text, server text, holds_record boolean, demographics json, is_sensitive boolean,
      as_of timestamptz, birth_date text, family_key text, name_keys text[],
      name_part_keys text[], postcode_keys text[],
      objection text, tells_objection boolean
    )
    on conflict (nhs_number, participant, server) do update set
      holds_record = excluded.holds_record, demographics = excluded.demographics,
      is_sensitive = excluded.is_sensitive, as_of = excluded.as_of, birth_date = excluded.birth_date,
      family_key = excluded.family_key, name_keys = excluded.name_keys,
      name_part_keys = excluded.name_part_keys, postcode_keys = excluded.postcode_keys,
      objection = excluded.objection
  `.execute(transaction)
  const numbers = told.map((one) => one.nhs_number)
  const servers = told.map((one) => storable(one.server))
  await sql`
    delete from holder
    where participant = ${participant} and nhs_number = any (${numbers}::text[])
      and (nhs_number, server) not in (
        select * from unnest(${numbers}::text[], ${servers}::text[])
      )`.execute(transaction)
  await replaceRelationships(transaction, participant, changes)
  await replaceLinks(transaction, participant, changes)
}

/** All forms of the statement are one: replaced by, replaces, and a number that is marked as old. */
async function replaceLinks(
  transaction: Transaction<IndexDatabase>,
  participant: string,
  changes: readonly PatientChange[],
): Promise<void> {
  const links = changes.flatMap(({ nhsNumber, servers = [], ...change }) =>
    [change, ...servers].flatMap(({ supersededBy, supersedes = [] }) => [
      ...(supersededBy === null ? [] : [{ nhsNumber, old: nhsNumber, new: supersededBy }]),
      ...supersedes.map((old) => ({ nhsNumber, old, new: nhsNumber })),
    ]),
  )
  await sql`
    delete from number_link
    where participant = ${participant}
      and nhs_number = any (${changes.map(({ nhsNumber }) => nhsNumber)}::text[])
  `.execute(transaction)
  const values = links
    .filter((link) => link.old !== link.new)
    .map((link) => ({
      participant,
      nhs_number: link.nhsNumber,
      old_number: link.old,
      new_number: link.new,
    }))
  if (values.length === 0) return
  await transaction
    .insertInto('number_link')
    .values(values)
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

async function replaceRelationships(
  transaction: Transaction<IndexDatabase>,
  participant: string,
  changes: readonly PatientChange[],
): Promise<void> {
  const numbers = changes.map(({ nhsNumber }) => nhsNumber)
  await sql`
    delete from care_relationship
    where participant = ${participant} and nhs_number = any (${numbers}::text[])
      and not is_from_file
  `.execute(transaction)
  const relationships = changes.flatMap((change) =>
    change.relationships.map((relationship) => ({
      nhs_number: change.nhsNumber,
      ods_code: relationship.odsCode,
      kind: relationship.kind,
      evidence: relationship.evidence,
      starts_at: relationship.startsAt,
      ends_at: relationship.endsAt,
      referrer: relationship.referrer ?? null,
      recorded_at: relationship.recordedAt ?? null,
    })),
  )
  await sql`
    insert into care_relationship
      (nhs_number, participant, ods_code, kind, evidence, starts_at, ends_at, referrer,
        recorded_at)
    select nhs_number, ${participant}, ods_code, kind, evidence, starts_at, ends_at, referrer,
      recorded_at
    from json_to_recordset(${toStorableJson(relationships)}::json) as relationship (
      nhs_number text, ods_code text, kind text, evidence text,
      starts_at timestamptz, ends_at timestamptz, referrer text, recorded_at timestamptz
    )
    on conflict do nothing
  `.execute(transaction)
}

/** One character that PostgreSQL cannot hold must not stop a feed, whoever publishes it. */
function toStorableJson(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'string' ? storable(part) : part,
  )
}

/** Servers that tell for themselves stand in the place of the participant as a whole. */
function toHolders(change: PatientChange) {
  const { servers = [] } = change
  return servers.length === 0
    ? [toHolder(change, { ...change, server: '' })]
    : servers.map((one) => toHolder(change, one))
}

type Told = Pick<PatientChange, 'demographics' | 'holdsRecord' | 'isSensitive'> & {
  readonly server: string
}

function toHolder(change: PatientChange, { server, demographics, ...one }: Told) {
  return {
    nhs_number: change.nhsNumber,
    server,
    holds_record: one.holdsRecord,
    demographics: demographics ?? {},
    is_sensitive: one.isSensitive,
    as_of: change.asOf,
    ...holderKeysOf(demographics),
    objection: change.objection ?? null,
    // What is not told of any more has not ended.
    tells_objection: change.objection !== undefined,
  }
}
