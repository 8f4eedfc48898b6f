import { buildSubgraphSchema } from '@apollo/subgraph'
import { type GraphQLSchema, parse } from 'graphql'
import { systemClock } from '../../subgraphs/kit/clock.ts'
import { readContract } from '../../subgraphs/kit/schema/contract.ts'
import { type ClaimedBy, findOpenClaim } from './emergency/claims.ts'
import { governanceSdl } from './governance-sdl.ts'
import { objectionInForce } from './objections/objection-in-force.ts'
import type { GovernanceParts } from './parts.ts'
import { governanceResolvers } from './resolvers.ts'

/** Governance, for the gateway's own process. */
export interface Governance {
  /** Executable; its context is a `GovernanceContext`. */
  readonly schema: GraphQLSchema
  /** Whether any objection closes the record of the person with these numbers; read anew each time. */
  objectionInForce(nhsNumbers: readonly string[]): Promise<boolean>
  /** The id of the person's open claim for the patient with these numbers; read anew each time. */
  emergencyClaimOf(claimed: ClaimedBy): Promise<string | null>
}

/** What a start may leave to the defaults. */
type GovernanceOptions = Omit<GovernanceParts, 'clock' | 'emergencySignInMinutes'> &
  Partial<Pick<GovernanceParts, 'clock' | 'emergencySignInMinutes'>>

/** Makes governance over the gateway's database, which `migrateIndex` and `migrateGovernance` have prepared. */
export async function createGovernance(options: GovernanceOptions): Promise<Governance> {
  const parts: GovernanceParts = { clock: systemClock, emergencySignInMinutes: 15, ...options }
  const schema = buildSubgraphSchema({
    typeDefs: parse(governanceSdl(await readContract())),
    resolvers: governanceResolvers(parts) as never,
  })
  return {
    schema,
    objectionInForce: (nhsNumbers) => objectionInForce(parts.db, nhsNumbers),
    emergencyClaimOf: (claimed) => findOpenClaim(parts.db, claimed, parts.clock()),
  }
}
