import Fastify, { type FastifyInstance, type FastifyServerOptions, LogController } from 'fastify'
import { type GatewayKeys, readGatewayKeys } from './assertion/keys.ts'
import { createAssertionVerifier } from './assertion/verify.ts'
import { type Clock, systemClock } from './clock.ts'
import type { ExclusionLists } from './exclusions/exclusion-lists.ts'
import { loadExclusions } from './exclusions/load-exclusions.ts'
import type { FhirServerOptions } from './fhir-server/options.ts'
import { openSource } from './open-source.ts'
import type { Participant } from './participant.ts'
import type { RecordSource } from './record-source.ts'
import { createExecutableSchema } from './resolvers/executable-schema.ts'
import { addGraphqlRoute } from './server/graphql-route.ts'
import { addHealthRoutes } from './server/health.ts'
import { maskServerErrors } from './server/mask-errors.ts'
import { claimsOf, requireAssertion } from './server/require-assertion.ts'

/** What a participant's subgraph needs. */
export interface SubgraphOptions {
  readonly participant: Participant
  /**
   * `postgres://user:password@host:port/database`: brought to the present schema at the start. Left
   * out where the records stay in a FHIR server, or a view-only participant keeps nothing here.
   */
  readonly databaseUrl?: string
  /** The FHIR R4 servers in which the records stay, one or several, instead of a database. docs/fhir-server.md */
  readonly fhir?: FhirServerOptions | readonly FhirServerOptions[]
  readonly gatewayKeys: GatewayKeys
  /** As Fastify takes it; silent when left out. */
  readonly logger?: FastifyServerOptions['logger']
  readonly clock?: Clock
  /** What is never shared; the short list alone when left out. */
  readonly exclusions?: ExclusionLists
  /** Told of every SQL statement, without its parameters. */
  readonly onStatement?: (sql: string) => void
}

/** A request body larger than this is no operation on the contract. */
const MAX_BODY_BYTES = 256 * 1024

/**
 * A participant's subgraph, ready to listen: `POST /graphql` for the gateway's signed assertion and
 * nobody else, `/health/live` and `/health/ready` for everybody. Closing it lets go of the source of its
 * records.
 *
 * @throws {ExclusionListError} when what is never shared is not known
 * @throws when the database cannot be reached or migrated, the FHIR server's settings cannot be used,
 *   or the gateway's keys cannot be read
 */
export async function createSubgraph(options: SubgraphOptions): Promise<FastifyInstance> {
  const exclusions = options.exclusions ?? (await loadExclusions())
  const source = await openSource(options, exclusions)
  try {
    return await createServer(options, source)
  } catch (error) {
    await source.close()
    throw error
  }
}

async function createServer(
  { participant, gatewayKeys, logger = false, clock = systemClock }: SubgraphOptions,
  source: RecordSource,
): Promise<FastifyInstance> {
  const verify = createAssertionVerifier({
    audience: participant.code,
    keys: await readGatewayKeys(gatewayKeys),
    clock,
  })
  const schema = await createExecutableSchema(participant, source, clock)
  const server = Fastify({
    logger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: MAX_BODY_BYTES,
  })
  server.addHook('onClose', () => source.close())
  requireAssertion(server, verify)
  maskServerErrors(server)
  addHealthRoutes(server, source)
  await addGraphqlRoute(server, { schema, source, claimsOf })
  await server.ready()
  return server
}
