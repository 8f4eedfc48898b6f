import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { GovernanceDatabase } from '../store/tables.ts'
import { IN_FORCE } from './steps.ts'

/**
 * Whether any objection of a person closes the record: one kept here, or one that a participant keeps
 * itself and its feed told of. One statement, nothing kept: what is decided through one gateway
 * process holds at once in every other.
 *
 * @param nhsNumbers all numbers of the person
 */
export async function objectionInForce(
  db: Kysely<GovernanceDatabase>,
  nhsNumbers: readonly string[],
): Promise<boolean> {
  const { rows } = await sql<{ in_force: boolean }>`
    /* prepared as governance-objection-in-force */
    select ${objectionExists(nhsNumbers)} as in_force`.execute(db)
  // An answer that is none must not open a record.
  return rows[0]?.in_force !== false
}

/** SQL: whether any objection of the person with these numbers is in force. */
export function objectionExists(nhsNumbers: readonly string[]): RawBuilder<boolean> {
  const numbers = sql`${[...nhsNumbers]}::text[]`
  const states = sql`${[...IN_FORCE]}::text[]`
  return sql<boolean>`(exists (
      select from objection where nhs_number = any (${numbers}) and state = any (${states})
    ) or exists (
      select from holder where nhs_number = any (${numbers}) and objection = any (${states})
    ))`
}
