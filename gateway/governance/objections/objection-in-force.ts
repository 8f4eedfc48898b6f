import { type RawBuilder, sql } from 'kysely'
import { IN_FORCE } from './steps.ts'

/**
 * SQL: whether any objection of a person closes the record: one kept here, or one that a participant
 * keeps itself and its feed told of. Read for every decision, never kept: what is decided through one
 * gateway process holds at once in every other.
 *
 * @param nhsNumbers all numbers of the person
 */
export function objectionInForce(nhsNumbers: RawBuilder<readonly string[]>): RawBuilder<boolean> {
  const numbers = sql`${nhsNumbers}::text[]`
  const states = sql`${[...IN_FORCE]}::text[]`
  return sql<boolean>`(
    exists (select from objection where nhs_number = any (${numbers}) and state = any (${states}))
    or exists (select from holder where nhs_number = any (${numbers}) and objection = any (${states}))
  )`
}
