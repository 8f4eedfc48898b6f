import { sql } from 'kysely'
import type { LoadDatabase, StagedRow } from '../stage/stage.ts'
import { column } from './columns.ts'

/**
 * The ids of those Patients that would put one person in another's place: the store knows the id
 * with another NHS number and another date of birth. A corrected number alone is the same person,
 * whose record moves with it; both at once are two people, and their records must not become one.
 */
export async function findReplacedPeople(
  db: LoadDatabase,
  rows: readonly StagedRow[],
): Promise<Set<string>> {
  const replacing = new Map(
    rows
      .filter((row) => row.type === 'Patient' && !row.isNew && row.nhsNumber !== null)
      .map((row) => [row.id, row]),
  )
  if (replacing.size === 0) return new Set()
  const { rows: stored } = await sql<{ id: string; json: string }>`
    select resource.id, resource.content::text as json
    from unnest(
      ${column([...replacing.keys()])},
      ${column([...replacing.values()].map((row) => row.nhsNumber))}
    ) as wanted (id, nhs_number)
    join resource on resource.type = 'Patient' and resource.id = wanted.id
    where resource.nhs_number <> wanted.nhs_number`.execute(db)
  const impostors = stored.filter(({ id, json }) => {
    const births = [birthDateIn(json), birthDateIn(replacing.get(id)?.json ?? '{}')]
    return births.every((date) => date !== null) && births[0] !== births[1]
  })
  return new Set(impostors.map(({ id }) => id))
}

function birthDateIn(json: string): string | null {
  const { birthDate } = JSON.parse(json) as { birthDate?: unknown }
  return typeof birthDate === 'string' ? birthDate : null
}
