import { type GraphQLSchema, isObjectType, print } from 'graphql'
import type { Clock } from '../clock.ts'
import { subgraphError } from '../errors.ts'
import type { Participant } from '../participant.ts'
import type { FeedArguments, RecordSource } from '../record-source.ts'
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
import type { SubgraphContext } from './context.ts'
import { createServiceState, participantResolvers } from './participant.ts'
import { permissionsOf } from './permissions.ts'
import { recordResolvers } from './record.ts'
import { sectionsOf } from './sections.ts'

/** A participant's published schema, executable over the source of its records and guarded. */
export async function createExecutableSchema(
  participant: Participant,
  source: RecordSource,
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
      [`${code}Feed`]: (_root: unknown, args: FeedArguments, context: SubgraphContext) =>
        context.readFeed(args),
    },
    [participantTypeName(code)]: participantResolvers(
      participant,
      createServiceState(source, clock),
    ),
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
