import { sql } from 'kysely'
import type { LoadContext } from '../load-context.ts'
import { readContents } from '../stage/stage.ts'
import { column } from './columns.ts'

/** A staged Patient, as far as it matters here. */
interface PatientRow {
  readonly type: string
  readonly id: string
  readonly seq: string
  readonly nhs_number: string | null
  readonly is_new: boolean
}

/**
 * The ids of those Patients that would put one person in another's place: the store knows the id
 * with another NHS number and another date of birth. A corrected number alone is the same person,
 * whose record moves with it; both at once are two people, and their records must not become one.
 */
export async function findReplacedPeople(
  { db, atHand }: Pick<LoadContext, 'db' | 'atHand'>,
  rows: readonly PatientRow[],
): Promise<Set<string>> {
  const replacing = rows.filter((row) => row.type === 'Patient' && !row.is_new && row.nhs_number)
  if (replacing.length === 0) return new Set()
  const { rows: found } = await sql<{ id: string; seq: string; before: string }>`
    select wanted.id, wanted.seq, resource.content::text as before
    from unnest(
      ${column(replacing.map((row) => row.id))},
      ${column(replacing.map((row) => row.seq))}::bigint[],
      ${column(replacing.map((row) => row.nhs_number))}
    ) as wanted (id, seq, nhs_number)
    join resource on resource.type = 'Patient' and resource.id = wanted.id
    where resource.nhs_number <> wanted.nhs_number`.execute(db)
  const after = await readContents(
    db,
    found.map(({ seq }) => seq),
    atHand,
  )
  const impostors = found.filter(({ seq, before }) => {
    const births = [birthDateIn(before), birthDateIn(after.get(seq) ?? '{}')]
    return births.every((date) => date !== null) && births[0] !== births[1]
  })
  return new Set(impostors.map(({ id }) => id))
}

function birthDateIn(json: string): string | null {
  const { birthDate } = JSON.parse(json) as { birthDate?: unknown }
  return typeof birthDate === 'string' ? birthDate : null
}
