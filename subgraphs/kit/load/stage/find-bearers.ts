import { sql } from 'kysely'
import { column } from '../write/columns.ts'
import type { Bearer, LoadDatabase, LocalName } from './stage.ts'

/** The staged resources that bear each name in its Bundle. */
export async function findBearers(
  db: LoadDatabase,
  names: readonly LocalName[],
): Promise<(readonly Bearer[])[]> {
  const { rows } = await sql<{ bearers: Bearer[] | null }>`
    select (
      select json_agg(json_build_object('id', id, 'isBased', is_based)) from (
        select distinct id, is_based from staged
        where staged.scope > 0 and staged.scope = wanted.scope
          and staged.own_id = wanted.own_id and staged.type = wanted.type
      ) as bearer
    ) as bearers
    from unnest(
      ${column(names.map(({ scope }) => String(scope)))}::bigint[],
      ${column(names.map(({ type }) => type))},
      ${column(names.map(({ ownId }) => ownId))}
    ) with ordinality as wanted (scope, type, own_id, place)
    order by wanted.place`.execute(db)
  return rows.map((row) => row.bearers ?? [])
}
