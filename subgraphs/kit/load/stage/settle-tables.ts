import { sql } from 'kysely'
import { isBeforeInTables, isNewerInTables } from './deletion.ts'
import type { LoadDatabase, UnchangedCounts } from './stage.ts'
import { versionNumberIn } from './version-in-tables.ts'

/** Decides for every entry in the temporary tables whether it changes the store, as newest.ts does. */
export async function settleTables(db: LoadDatabase): Promise<void> {
  const isOlder = sql`(
    newest.number < ${versionNumberIn('resource.version')}
    or ((newest.number is null or ${versionNumberIn('resource.version')} is null)
      and staged.last_updated < resource.last_updated))`
  await sql`
    with history as (
      select scope, min(seq) as began_at from staged where is_of_history group by scope
    ), ordered as (
      select staged.*, case when history.scope is null then array[seq, 0]
        else array[history.began_at, -seq] end as turn
      from staged left join history on staged.is_of_history and history.scope = staged.scope
      where outcome is null or withdraws
    ), candidate as (
      select seq, turn, type, id, is_deletion, last_updated, ${versionNumberIn('ordered.version')} as number,
        max(turn) filter (
          where (is_deletion or withdraws) and version is null and last_updated is null)
          over (partition by type, id) as removed_at
      from ordered
    ), newest as (
      select distinct on (type, id) seq, number
      from candidate where removed_at is null or turn >= removed_at
      order by type, id, number desc nulls last, last_updated desc nulls last, turn desc
    )
    update staged set outcome = case
      when staged.withdraws and (newest.seq is null or resource.id is null or ${isOlder}) then 'REFUSED'
      when staged.withdraws then 'WITHDRAWN'
      when newest.seq is null then 'UNCHANGED'
      when resource.id is null and staged.is_deletion
        then case when deletion.id is null or ${isNewerInTables} then 'NEW' else 'UNCHANGED' end
      when resource.id is null then case when ${isBeforeInTables} then 'DELETED' else 'NEW' end
      when resource.digest = staged.digest
        and coalesce(staged.turned_at <= resource.loaded_at, true) then 'UNCHANGED'
      when ${isOlder} then 'UNCHANGED'
      else 'CHANGED' end
    from candidate
    left join newest on newest.seq = candidate.seq
    left join resource on resource.type = candidate.type and resource.id = candidate.id
    left join resource_deletion as deletion
      on deletion.type = candidate.type and deletion.id = candidate.id
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
    where outcome in ('UNCHANGED', 'DELETED') group by type`.execute(db)
  const { rows: deleted } = await sql<{ type: string; entries: number }>`
    select type, count(*)::float8 as entries from staged
    where outcome = 'DELETED' group by type`.execute(db)
  const { rows: contained } = await sql<{ type: string; entries: number }>`
    select content.type, count(*)::float8 as entries
    from staged cross join string_to_table(contained, ' ') as content (type)
    where outcome in ('UNCHANGED', 'DELETED') and contained <> '' group by content.type`.execute(db)
  return { entries: toMap(rows), contained: toMap(contained), deleted: toMap(deleted) }
}

function toMap(rows: readonly { readonly type: string; readonly entries: number }[]) {
  return new Map(rows.map(({ type, entries }) => [type, entries]))
}
