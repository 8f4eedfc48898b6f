import { type Kysely, sql } from 'kysely'
import type { Locate } from '../../subgraphs/index/locate.ts'
import type { IndexDatabase } from '../../subgraphs/index/store/tables.ts'
import type { Clock } from '../../subgraphs/kit/clock.ts'
import { numbersOf } from '../access/evidence.ts'
import { findRelationships, isInForce } from '../access/relationships.ts'
import type { Caller } from '../identity/caller.ts'
import type { GovernanceContext } from './context.ts'

/** What governance's resolvers run with, over the index in the same database. */
export function governanceContext(
  asking: { readonly caller: Caller; readonly requestId: string },
  index: {
    readonly db: Kysely<IndexDatabase>
    readonly clock: Clock
    readonly locate: Locate
  },
): GovernanceContext {
  const { db, clock, locate } = index
  const linkedNumbers = async (number: string) => numbersOf(number, await locate(number))
  return {
    ...asking,
    linkedNumbers,
    async relationshipOf(number) {
      const numbers = await linkedNumbers(number)
      const found = await findRelationships(db, asking.caller.odsCode, numbers)
      return found.find((relationship) => isInForce(relationship, clock())) ?? null
    },
    async isKnownTo(participant, number) {
      const numbers = await linkedNumbers(number)
      const { rows } = await sql<{ is_known: boolean }>`
        select exists (
          select from holder
          where participant = ${participant} and nhs_number = any (${[...numbers]}::text[])
            and (holds_record or demographics ->> 'birthDate' is not null
              or demographics ->> 'name' is not null)
        ) as is_known`.execute(db)
      return rows[0]?.is_known === true
    },
  }
}
