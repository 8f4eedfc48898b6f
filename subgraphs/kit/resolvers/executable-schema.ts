import { type GraphQLSchema, isObjectType, print } from 'graphql'
import type { Kysely } from 'kysely'
import type { Clock } from '../clock.ts'
import { subgraphError } from '../errors.ts'
import type { Participant } from '../participant.ts'
import { readContract } from '../schema/contract.ts'
import { buildExecutableSubgraph } from '../schema/executable-subgraph.ts'
import {
  isContributor,
  participantDocument,
  participantTypeName,
  recordTypeName,
} from '../schema/participant-sdl.ts'
import { withoutDescriptions } from '../schema/without-descriptions.ts'
import { guard } from '../shield.ts'
import type { ParticipantDatabase } from '../store/tables.ts'
import { readFeed } from './feed.ts'
import { createServiceState, participantResolvers } from './participant.ts'
import { permissionsOf } from './permissions.ts'
import { recordResolvers } from './record.ts'
import { sectionsOf } from './sections.ts'

/** A participant's published schema, executable over its store and guarded. */
export async function createExecutableSchema(
  participant: Participant,
  db: Kysely<ParticipantDatabase>,
  clock: Clock,
): Promise<GraphQLSchema> {
  const published = participantDocument(participant, await readContract())
  const typeDefs = withoutDescriptions(published)
  const { code } = participant
  const contributes = isContributor(participant)
  const recordType = recordTypeName(code)
  const extension = participant.extension?.resolvers ?? {}
  const resolvers = {
    ...extension,
    Query: {
      [`${code}Feed`]: (_root: unknown, args: { after?: unknown; first?: unknown }) =>
        readFeed(db, { ...args, contributes }),
    },
    [participantTypeName(code)]: participantResolvers(participant, createServiceState(db, clock)),
    ...(contributes
      ? {
          [recordType]: recordResolvers(participant, sectionsOf(typeDefs, recordType)),
        }
      : {}),
  }
  const schema = buildExecutableSubgraph(typeDefs, resolvers, () => print(published))
  const record = schema.getType(recordType)
  const fields = isObjectType(record) ? Object.keys(record.getFields()) : []
  return guard(schema, permissionsOf(participant, fields), () => subgraphError('FORBIDDEN'))
}
