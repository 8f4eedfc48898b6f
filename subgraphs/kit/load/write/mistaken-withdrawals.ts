import { sql } from 'kysely'
import { nhsNumbersIn } from '../../fhir/own-number.ts'
import type { FhirResource } from '../../fhir/resource.ts'
import type { LoadDatabase, StagedRow } from '../stage/stage.ts'
import { column } from './columns.ts'

/**
 * Those of the withdrawals that come from somebody else under the same id: they name another NHS number
 * than the store and another date of birth, as `findReplacedPeople` has it. What nobody could show of them
 * anyhow must not take another person's record away.
 */
export async function findMistakenWithdrawals(
  db: LoadDatabase,
  rows: readonly StagedRow[],
): Promise<StagedRow[]> {
  const withdrawals = rows.filter((row) => row.isWithdrawal)
  if (withdrawals.length === 0) return []
  const { rows: stored } = await sql<{ id: string; nhs_number: string; birth: string | null }>`
    select id, nhs_number, content ->> 'birthDate' as birth from resource
    where type = 'Patient' and id = any(${column(withdrawals.map(({ id }) => id))})`.execute(db)
  const known = new Map(stored.map((one) => [one.id, one]))
  return withdrawals.filter(({ id, json }) => {
    const before = known.get(id)
    const now = JSON.parse(json) as FhirResource
    const { birthDate } = now
    if (!before?.birth || typeof birthDate !== 'string') return false
    return before.birth !== birthDate && !nhsNumbersIn(now).includes(before.nhs_number)
  })
}
