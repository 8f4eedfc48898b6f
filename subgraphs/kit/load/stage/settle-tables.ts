import { sql } from 'kysely'
import type { LoadDatabase, UnchangedCounts } from './stage.ts'

/** Decides for every entry in the temporary tables whether it changes the store, as newest.ts does. */
export async function settleTables(db: LoadDatabase): Promise<void> {
  const isOlder = sql`(
    newest.number < ${versionNumber('resource')}
    or ((newest.number is null or ${versionNumber('resource')} is null)
      and staged.last_updated < resource.last_updated))`
  await sql`
    with candidate as (
      select seq, type, id, is_deletion, last_updated, ${versionNumber('staged')} as number,
        max(seq) filter (
          where (is_deletion or withdraws) and version is null and last_updated is null)
          over (partition by type, id) as removed_at
      from staged where outcome is null or withdraws
    ), newest as (
      select distinct on (type, id) seq, number
      from candidate where removed_at is null or seq >= removed_at
      order by type, id, number desc nulls last, last_updated desc nulls last, seq desc
    )
    update staged set outcome = case
      when staged.withdraws and (newest.seq is null or resource.id is null or ${isOlder}) then 'REFUSED'
      when staged.withdraws then 'WITHDRAWN'
      when newest.seq is null then 'UNCHANGED'
      when resource.id is null then case when staged.is_deletion then 'UNCHANGED' else 'NEW' end
      when resource.digest = staged.digest
        and coalesce(staged.turned_at <= resource.loaded_at, true) then 'UNCHANGED'
      when ${isOlder} then 'UNCHANGED'
      else 'CHANGED' end
    from candidate
    left join newest on newest.seq = candidate.seq
    left join resource on resource.type = candidate.type and resource.id = candidate.id
    where staged.seq = candidate.seq`.execute(db)
  await sql`create index on staged (seq) where outcome in ('NEW', 'CHANGED', 'WITHDRAWN')`.execute(
    db,
  )
  await sql`analyze staged`.execute(db)
}

/** How many entries of each type in the temporary tables change nothing, and what stands in them. */
export async function countUnchanged(db: LoadDatabase): Promise<UnchangedCounts> {
  const { rows } = await sql<{ type: string; entries: number }>`
    select type, count(*)::float8 as entries from staged
    where outcome = 'UNCHANGED' group by type`.execute(db)
  const { rows: contained } = await sql<{ type: string; entries: number }>`
    select content.type, count(*)::float8 as entries
    from staged cross join string_to_table(contained, ' ') as content (type)
    where outcome = 'UNCHANGED' and contained <> '' group by content.type`.execute(db)
  return { entries: toMap(rows), contained: toMap(contained) }
}

function toMap(rows: readonly { readonly type: string; readonly entries: number }[]) {
  return new Map(rows.map(({ type, entries }) => [type, entries]))
}

function versionNumber(table: 'staged' | 'resource') {
  const version = sql.ref(`${table}.version`)
  return sql`case when ${version} ~ '^[0-9]{1,18}$' then ${version}::bigint end`
}
