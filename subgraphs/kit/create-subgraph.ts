import Fastify, { type FastifyInstance, type FastifyServerOptions, LogController } from 'fastify'
import type { Kysely } from 'kysely'
import { type GatewayKeys, readGatewayKeys } from './assertion/keys.ts'
import { createAssertionVerifier } from './assertion/verify.ts'
import { type Clock, systemClock } from './clock.ts'
import type { ExclusionLists } from './exclusions/exclusion-lists.ts'
import { loadExclusions } from './exclusions/load-exclusions.ts'
import { bringUpToDate } from './load/exclude/bring-up-to-date.ts'
import type { Participant } from './participant.ts'
import { createExecutableSchema } from './resolvers/executable-schema.ts'
import { addGraphqlRoute } from './server/graphql-route.ts'
import { addHealthRoutes } from './server/health.ts'
import { maskServerErrors } from './server/mask-errors.ts'
import { claimsOf, requireAssertion } from './server/require-assertion.ts'
import { connect } from './store/connect.ts'
import { migrateStore } from './store/migrations.ts'
import type { ParticipantDatabase } from './store/tables.ts'

/** What a participant's subgraph needs. */
export interface SubgraphOptions {
  readonly participant: Participant
  /** `postgres://user:password@host:port/database`: brought to the present schema at the start. */
  readonly databaseUrl: string
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

/** The last resort: a statement for a call ends with the call's own time. */
const STATEMENT_TIMEOUT_MS = 30_000

/**
 * A participant's subgraph, ready to listen: `POST /graphql` for the gateway's signed assertion and
 * nobody else, `/health/live` and `/health/ready` for everybody. Closing it closes its database.
 *
 * @throws {ExclusionListError} when what is never shared is not known
 * @throws when the database cannot be reached or migrated, or the gateway's keys cannot be read
 */
export async function createSubgraph(options: SubgraphOptions): Promise<FastifyInstance> {
  const exclusions = options.exclusions ?? (await loadExclusions())
  await prepareStore(options, exclusions)
  const db = connect<ParticipantDatabase>(options.databaseUrl, 10, {
    statementTimeoutMs: STATEMENT_TIMEOUT_MS,
    ...(options.onStatement ? { onStatement: options.onStatement } : {}),
  })
  try {
    return await createServer({ ...options, exclusions }, db)
  } catch (error) {
    await db.destroy()
    throw error
  }
}

async function createServer(
  {
    participant,
    gatewayKeys,
    exclusions,
    logger = false,
    clock = systemClock,
  }: SubgraphOptions & { readonly exclusions: ExclusionLists },
  db: Kysely<ParticipantDatabase>,
): Promise<FastifyInstance> {
  const verify = createAssertionVerifier({
    audience: participant.code,
    keys: await readGatewayKeys(gatewayKeys),
    clock,
  })
  const schema = await createExecutableSchema(participant, db, clock)
  const server = Fastify({
    logger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: MAX_BODY_BYTES,
  })
  server.addHook('onClose', () => db.destroy())
  requireAssertion(server, verify)
  maskServerErrors(server)
  addHealthRoutes(server, db)
  await addGraphqlRoute(server, { schema, db, claimsOf, exclusions })
  await server.ready()
  return server
}

/**
 * Migrates, and judges what is stored by the present lists. In connections of its own: either may take
 * longer than any answer.
 */
async function prepareStore(
  { databaseUrl, participant, clock }: SubgraphOptions,
  exclusions: ExclusionLists,
): Promise<void> {
  const db = connect<ParticipantDatabase>(databaseUrl, 2)
  try {
    await migrateStore(db)
    await bringUpToDate(db, { participant, exclusions, clock })
  } finally {
    await db.destroy()
  }
}
