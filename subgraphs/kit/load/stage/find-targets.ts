import { sql } from 'kysely'
import { column } from '../write/columns.ts'
import type { LoadDatabase, StagedTarget } from './stage.ts'

/** What the temporary tables bring for each `Type/id`; undefined where they change nothing of it. */
export async function findTargets(
  db: LoadDatabase,
  identities: readonly string[],
): Promise<(StagedTarget | undefined)[]> {
  const pairs = identities.map((identity) => identity.split('/'))
  const { rows } = await sql<TargetRow>`
      select staged.is_deletion or staged.outcome = 'WITHDRAWN' as is_deletion, staged.scope::float8, staged.is_based, staged.nhs_number,
        content.content
      from unnest(
        ${column(pairs.map(([type]) => type ?? ''))}, ${column(pairs.map(([, id]) => id ?? ''))}
      ) with ordinality as wanted (type, id, place)
      left join staged on staged.type = wanted.type and staged.id = wanted.id
        and staged.outcome in ('NEW', 'CHANGED', 'WITHDRAWN')
      left join staged_content as content on content.seq = staged.seq
      order by wanted.place`.execute(db)
  return rows.map((row) => {
    if (row.is_deletion === null || row.scope === null) return undefined
    if (row.is_deletion) return null
    const { scope, is_based: isBased, nhs_number: nhsNumber } = row
    return { scope, isBased: isBased === true, nhsNumber, json: row.content ?? '' }
  })
}

interface TargetRow {
  readonly is_deletion: boolean | null
  readonly scope: number | null
  readonly is_based: boolean | null
  readonly nhs_number: string | null
  readonly content: string | null
}
