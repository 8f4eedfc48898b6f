import { sql } from 'kysely'
import type { Identity } from '../read/identity.ts'
import { SERVER_MARK } from '../read/server.ts'
import { column } from '../write/columns.ts'
import {
  batchLength,
  batchRows,
  type DisputedState,
  type LoadDatabase,
  type RefusedState,
} from './stage.ts'

/** Finds, among what is in the temporary tables, the same states as disputed-states.ts does. */
export async function findDisputed(db: LoadDatabase): Promise<void> {
  await sql`
    create temporary table disputed as
    with state as (
      select distinct on (type, id, digest, variant) seq, type, id, digest, variant, nhs_number, size
      from staged
      where outcome not in ('REFUSED', 'WITHDRAWN') and not is_deletion
        and (type = 'Patient' or position(${SERVER_MARK} in id) = 0)
      order by type, id, digest, variant, seq
    ), compared as (
      select state.seq, state.type, state.id, state.size, count(*) over same as states,
        min(state.nhs_number) over same <> max(state.nhs_number) over same
          or resource.nhs_number <> state.nhs_number as is_another,
        resource.digest <> state.digest or (resource.digest is not null and variant > 0) as is_changed
      from state left join resource on resource.type = state.type and resource.id = state.id
      window same as (partition by state.type, state.id)
    ), judged as (
      select *, case when type = 'Patient' then bool_or(is_another) over same
        else states > 1 or is_changed end as is_disputed
      from compared window same as (partition by type, id)
    )
    select row_number() over (order by type, id, seq) as place, seq, type, size
    from judged where is_disputed`.execute(db)
  await sql`create index on disputed (place)`.execute(db)
}

/** The next of them, after a place. */
export async function nextDisputed(
  db: LoadDatabase,
  isPatient: boolean,
  after: number,
): Promise<DisputedState[]> {
  const { rows } = await sql<DisputedState>`
    select next.place::float8, staged.type, staged.id, staged.scope::float8,
      staged.is_based as "isBased", staged.nhs_number as "nhsNumber",
      coalesce(content.content, '') as json
    from (
      select *, sum(size) over (order by place) - size as length_before from (
        select * from disputed where place > ${after} and (type = 'Patient') = ${isPatient}
        order by place limit ${batchRows}
      ) as candidate
    ) as next
    join staged on staged.seq = next.seq
    left join staged_content as content on content.seq = next.seq
    where length_before < ${batchLength}
    order by next.place`.execute(db)
  return rows
}

/** Takes all states of resources out, and says where they stood. */
export async function refuseStates(
  db: LoadDatabase,
  identities: readonly Identity[],
): Promise<RefusedState[]> {
  const { rows } = await sql<RefusedState>`
    with refused as (
      update staged set outcome = 'CLASH'
      where outcome not in ('REFUSED', 'CLASH', 'WITHDRAWN') and not is_deletion and (type, id) in (
        select * from unnest(
          ${column(identities.map(({ type }) => type))}, ${column(identities.map(({ id }) => id))}
        ))
      returning seq, file, place, type, id, contained
    )
    select seq::float8, file, place, type, id, string_to_array(contained, ' ') as contained
    from refused order by seq`.execute(db)
  return rows
}
