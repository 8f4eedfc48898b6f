import { buildSubgraphSchema } from '@apollo/subgraph'
import { type GraphQLSchema, parse } from 'graphql'
import type { Kysely } from 'kysely'
import { type Clock, systemClock } from '../kit/clock.ts'
import type { Participant } from '../kit/participant.ts'
import { readContract } from '../kit/schema/contract.ts'
import { findPatients } from './find-patients.ts'
import { indexSdl } from './index-sdl.ts'
import { createLocate, type Locate } from './locate.ts'
import type { NationalDesk } from './national/national-desk.ts'
import { type IndexParts, indexResolvers } from './resolvers.ts'
import type { IndexDatabase } from './store/tables.ts'

/** The index, for the gateway's own process. */
export interface Index {
  /** Executable; its context is an `IndexContext`. */
  readonly schema: GraphQLSchema
  readonly locate: Locate
}

/** Makes the index over the gateway's database, which `migrateIndex` has prepared. */
export async function createIndex(options: {
  readonly db: Kysely<IndexDatabase>
  readonly participants: readonly Participant[]
  readonly clock?: Clock
  /** Where it is asked nationally who somebody is; nowhere when left out. */
  readonly national?: NationalDesk | null
}): Promise<Index> {
  const { db, participants, clock = systemClock, national } = options
  const locate = createLocate({ db, participants, clock, national })
  const index: IndexParts = {
    participants,
    findPatients: (search, { caller, mayLearnOf }) =>
      findPatients(db, search, { locate, mayLearnOf, caller }),
  }
  const schema = buildSubgraphSchema({
    typeDefs: parse(indexSdl(participants, await readContract())),
    resolvers: indexResolvers(index) as never,
  })
  return { schema, locate }
}
