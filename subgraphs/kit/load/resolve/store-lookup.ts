import { sql } from 'kysely'
import type { FhirReference } from '../../fhir/resource.ts'
import type { AliasQuestion, LoadDatabase, StagedTarget } from '../stage/stage.ts'
import { column } from '../write/columns.ts'
import { provenanceKey } from './provenance-targets.ts'

/** Looks up what earlier loads have stored. */
export interface StoreLookup {
  /** `Type/id` for each question; null where nothing is stored under it. */
  findAliases(questions: readonly AliasQuestion[]): Promise<(string | null)[]>
  /** The resource for each `Type/id`; null where none is stored. */
  findTargets(identities: readonly string[]): Promise<StagedTarget[]>
  /** References to the Provenances that name these as their targets, by `Type/id`. */
  findProvenances(identities: readonly string[]): Promise<Map<string, FhirReference[]>>
}

/** @param isEmpty true when nothing was stored before this load, so that nothing is to be found */
export function createStoreLookup(db: LoadDatabase, isEmpty: boolean): StoreLookup {
  return {
    findAliases: async (questions) =>
      isEmpty || questions.length === 0 ? questions.map(() => null) : findAliases(db, questions),
    findTargets: async (identities) =>
      isEmpty || identities.length === 0 ? identities.map(() => null) : findTargets(db, identities),
    // Those of this load are written before what they are about.
    findProvenances: (identities) => findProvenances(db, identities),
  }
}

async function findAliases(
  db: LoadDatabase,
  questions: readonly AliasQuestion[],
): Promise<(string | null)[]> {
  const { rows } = await sql<{ meaning: string | null }>`
    select (
      select type || '/' || id from (
        select type, id from resource where full_url = wanted.alias
        union all
        select type, id from resource_alias where alias = wanted.alias
      ) as found
      where wanted.type is null or found.type = wanted.type
      -- An ODS code may stand on a Location too: the organisation is meant.
      order by type <> 'Organization', type, id
      limit 1
    ) as meaning
    from unnest(
      ${column(questions.map(({ type }) => type))},
      ${column(questions.map(({ alias }) => alias))}
    ) with ordinality as wanted (type, alias, place)
    order by wanted.place`.execute(db)
  return rows.map((row) => row.meaning)
}

async function findTargets(
  db: LoadDatabase,
  identities: readonly string[],
): Promise<StagedTarget[]> {
  const pairs = identities.map((identity) => identity.split('/'))
  const { rows } = await sql<{ nhs_number: string | null; json: string | null }>`
    select resource.nhs_number, resource.content::text as json
    from unnest(
      ${column(pairs.map(([type]) => type ?? ''))}, ${column(pairs.map(([, id]) => id ?? ''))}
    ) with ordinality as wanted (type, id, place)
    left join resource on resource.type = wanted.type and resource.id = wanted.id
    order by wanted.place`.execute(db)
  return rows.map((row) =>
    row.json === null
      ? null
      : { scope: -1, isBased: false, nhsNumber: row.nhs_number, json: row.json },
  )
}

async function findProvenances(
  db: LoadDatabase,
  identities: readonly string[],
): Promise<Map<string, FhirReference[]>> {
  const found = new Map<string, FhirReference[]>()
  if (identities.length === 0) return found
  const byKey = new Map(identities.map((identity) => [provenanceKey(identity), identity]))
  const { rows } = await sql<{ alias: string; id: string }>`
    select alias, id from resource_alias
    where type = 'Provenance' and alias = any(${column([...byKey.keys()])})
    order by id`.execute(db)
  for (const { alias, id } of rows) {
    const identity = byKey.get(alias) ?? ''
    found.set(identity, [...(found.get(identity) ?? []), { reference: `Provenance/${id}` }])
  }
  return found
}
