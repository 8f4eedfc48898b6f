import { type Kysely, sql } from 'kysely'
import type { LoadDatabase } from '../stage/stage.ts'
import { column } from '../write/columns.ts'

/** A resource's JSON and the Bundle in which it came. */
export interface ScopedJson {
  readonly json: string
  readonly scope: number
}

const urn = /("(?:reference|url)"\s*:\s*")(urn:(?:uuid|oid):[^"\\]+)"/gi

/**
 * Replaces the URNs by which entries of one Bundle refer to each other with `Type/id`, since they
 * mean nothing outside of it. One that no entry bears stays. Everything else stays as written.
 */
export async function bindUrns(
  db: Kysely<LoadDatabase>,
  documents: readonly ScopedJson[],
): Promise<string[]> {
  const wanted = new Map<string, { scope: number; urn: string }>()
  for (const { json, scope } of documents) {
    if (!json.includes('"urn:')) continue
    for (const [, , found = ''] of json.matchAll(urn)) {
      wanted.set(`${scope} ${found}`, { scope, urn: found })
    }
  }
  if (wanted.size === 0) return documents.map(({ json }) => json)
  const meanings = await findMeanings(db, [...wanted.values()])
  return documents.map(({ json, scope }) =>
    json.replace(urn, (whole, before: string, found: string) => {
      const meaning = meanings.get(`${scope} ${found}`)
      return meaning === undefined ? whole : `${before}${meaning}"`
    }),
  )
}

async function findMeanings(
  db: Kysely<LoadDatabase>,
  wanted: readonly { scope: number; urn: string }[],
): Promise<Map<string, string>> {
  const { rows } = await sql<{ key: string; meaning: string }>`
    select distinct on (wanted.scope, wanted.urn)
      wanted.scope || ' ' || wanted.urn as key, alias.type || '/' || alias.id as meaning
    from unnest(
      ${column(wanted.map((one) => String(one.scope)))}::bigint[],
      ${column(wanted.map((one) => one.urn))}
    ) as wanted (scope, urn)
    join staged_alias as alias on alias.alias = wanted.urn and alias.scope = wanted.scope
    order by wanted.scope, wanted.urn, alias.type, alias.id`.execute(db)
  return new Map(rows.map((row) => [row.key, row.meaning]))
}
