import { type RawBuilder, sql } from 'kysely'
import { LOCAL_SERVER, SERVER_MARK } from '../load/read/server.ts'

/**
 * SQL: whether a row of `patient` is shown as held: there is an entry that may be shown, or somebody
 * who has none at all. A patient of whom all that is known may never be shared is answered like one
 * who is not known, because the empty record would tell; so is a number that nobody bears any more.
 */
export const isHeld = heldBy(sql`true`, sql`patient.demographics`)

/**
 * SQL: the same of a part of the record.
 *
 * `limit 1` where `exists` would do: PostgreSQL may answer `exists` by reading the whole table once.
 *
 * @param isOfPart whether a row of `item` belongs to it
 * @param demographics who the patient is there
 */
export function heldBy(
  isOfPart: RawBuilder<unknown>,
  demographics: RawBuilder<unknown>,
): RawBuilder<boolean> {
  return sql<boolean>`(
  (
    select true from item
    where item.nhs_number = patient.nhs_number and not item.is_restricted and ${isOfPart} limit 1
  ) is not null
  or (
    (
      select true from item
      where item.nhs_number = patient.nhs_number and item.is_restricted and ${isOfPart} limit 1
    ) is null
    and coalesce(${demographics} ->> 'name', ${demographics} ->> 'birthDate') is not null
  )
)`
}

/**
 * SQL: whether what a row was made from stands on a server; the local one has all that stands where the
 * patient has no Patient.
 *
 * @param table has `nhs_number` and `resource_id`
 */
export function standsOn(
  table: 'item' | 'resource',
  server: RawBuilder<unknown>,
): RawBuilder<boolean> {
  const id = sql.ref(table === 'item' ? 'item.resource_id' : 'resource.id')
  const own = sql`case when strpos(${id}, ${sql.lit(SERVER_MARK)}) > 0
    then split_part(${id}, ${sql.lit(SERVER_MARK)}, 1) end`
  return sql<boolean>`case when ${server} <> ${sql.lit(LOCAL_SERVER)} then ${own} is not distinct from ${server}
    else ${own} is null or ${own} not in (
      select known.value ->> 'server' from patient as whole
      cross join lateral json_array_elements(whole.servers) as known
      where whole.nhs_number = ${sql.ref(`${table}.nhs_number`)}
    ) end`
}
