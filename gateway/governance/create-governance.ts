import { buildSubgraphSchema } from '@apollo/subgraph'
import { type GraphQLSchema, parse } from 'graphql'
import { systemClock } from '../../subgraphs/kit/clock.ts'
import { readContract } from '../../subgraphs/kit/schema/contract.ts'
import { governanceSdl } from './governance-sdl.ts'
import type { GovernanceParts } from './parts.ts'
import { governanceResolvers } from './resolvers.ts'

/** Governance, for the gateway's own process. */
export interface Governance {
  /** Executable; its context is a `GovernanceContext`. */
  readonly schema: GraphQLSchema
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
  return { schema }
}
