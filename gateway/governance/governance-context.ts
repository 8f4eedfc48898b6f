import { type Kysely, sql } from 'kysely'
import type { Locate } from '../../subgraphs/index/locate.ts'
import { ownersOf } from '../../subgraphs/index/relationships/why-unheard.ts'
import type { IndexDatabase } from '../../subgraphs/index/store/tables.ts'
import type { Clock } from '../../subgraphs/kit/clock.ts'
import type { Participant } from '../../subgraphs/kit/participant.ts'
import { disbeliefIn, numbersOf } from '../access/evidence.ts'
import { findRelationship } from '../access/patient.ts'
import { findRelationships } from '../access/relationships.ts'
import type { Caller } from '../identity/caller.ts'
import type { GovernanceContext } from './context.ts'

/** What governance's resolvers run with, over the index in the same database. */
export function governanceContext(
  asking: { readonly caller: Caller; readonly requestId: string },
  index: {
    readonly db: Kysely<IndexDatabase>
    readonly clock: Clock
    readonly participants: readonly Participant[]
    readonly locate: Locate
  },
): GovernanceContext {
  const { db, clock, locate } = index
  const owners = ownersOf(index.participants)
  const linkedNumbers = async (number: string) => numbersOf(number, await locate(number))
  return {
    ...asking,
    linkedNumbers,
    async relationshipOf(number) {
      const located = await locate(number)
      const { odsCode } = asking.caller
      const relationships = await findRelationships(db, odsCode, numbersOf(number, located))
      const isDisbelieved = disbeliefIn(located)
      return findRelationship({ odsCode, relationships, owners, isDisbelieved, now: clock() })
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
