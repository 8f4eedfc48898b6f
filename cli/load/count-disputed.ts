import { type Kysely, sql } from 'kysely'
import type { ParticipantDatabase } from '../../subgraphs/kit/store/tables.ts'

/** How many NHS numbers of a store are borne by Patients who cannot be told to be one person. */
export async function countDisputed(db: Kysely<ParticipantDatabase>): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from patient where is_disputed`.execute(db)
  return rows[0]?.count ?? 0
}

/** The same for people; empty when there is none. */
export function renderDisputed(count: number): string {
  if (count === 0) return ''
  const numbers =
    count === 1 ? 'One NHS number is' : `${count.toLocaleString('en-GB')} NHS numbers are`
  return `${numbers} borne by several people, by names and dates of birth: the record of each server stands for
itself, and nothing is shown of a server that has several people itself until their Patients have numbers of their own.`
}
