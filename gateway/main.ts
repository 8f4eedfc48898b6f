import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { GraphQLSchema } from 'graphql'
import { createLocalJWKSet, createRemoteJWKSet } from 'jose'
import type { Kysely } from 'kysely'
import { type DestinationStream, type Logger, pino } from 'pino'
import { ensureKeys, type Keys } from '../cli/start/keys.ts'
import { projectRoot } from '../project-root.ts'
import { createIndex, type Index } from '../subgraphs/index/create-index.ts'
import { followFeeds } from '../subgraphs/index/feed/follow-feeds.ts'
import { migrateIndex } from '../subgraphs/index/store/migrations.ts'
import type { IndexDatabase } from '../subgraphs/index/store/tables.ts'
import type { ExclusionLists } from '../subgraphs/kit/exclusions/exclusion-lists.ts'
import { loadExclusions } from '../subgraphs/kit/exclusions/load-exclusions.ts'
import { findParticipants } from '../subgraphs/kit/find-participants.ts'
import type { Participant } from '../subgraphs/kit/participant.ts'
import { connect } from '../subgraphs/kit/store/connect.ts'
import { createAccess } from './access/evidence.ts'
import { sectionsOfExtensions } from './access/extensions.ts'
import { sectionsOfFields } from './access/permissions.ts'
import { createRehearsal } from './access/rehearsal.ts'
import { createFindSubject } from './audit/describe/subjects.ts'
import { type AuditTrail, openTrail } from './audit/open-trail.ts'
import type { Config } from './config.ts'
import { errorCatalogue } from './errors.ts'
import { createApolloExecutor, type FederatedSource } from './federation/apollo-executor.ts'
import { createAssertionSigner, type SignAssertion } from './federation/assertion.ts'
import { HttpSource } from './federation/http-source.ts'
import { createLocalSource } from './federation/local-source.ts'
import { createRemoteSource } from './federation/remote-source.ts'
import type { FederatedExecutor } from './federation/types.ts'
import { followTrail } from './governance/alerts/watcher/follow-trail.ts'
import { createGovernance, type Governance } from './governance/create-governance.ts'
import { governanceContext } from './governance/governance-context.ts'
import { migrateGovernance } from './governance/store/migrations.ts'
import type { GovernanceDatabase } from './governance/store/tables.ts'
import { DEVELOPMENT_ISSUER } from './identity/development-issuer.ts'
import { type TokenExpectations, verifyToken } from './identity/verify-token.ts'
import { indexContext } from './index-context.ts'
import { Pipeline } from './pipeline.ts'
import { readinessOf } from './readiness.ts'
import { extendWithMergedRecord } from './record/public-schema.ts'
import { GOVERNANCE, INDEX } from './registry/published-files.ts'
import { createScreen } from './screen/create-screen.ts'
import { createServer } from './server.ts'

/** A gateway that answers. */
export interface RunningGateway {
  /** `http://host:port`. */
  readonly url: string
  /** Resolves once every participant that answers has been followed to the end of its feed. */
  whenCaughtUp(): Promise<void>
  close(): Promise<void>
}

/** What a start may be given beside its settings. */
export interface StartOptions {
  readonly clock?: () => Date
  /** True: the participants' feeds are followed from the first `whenCaughtUp` on, not at once. */
  readonly feedsWait?: boolean
  /** Where the log goes; standard output when left out. */
  readonly log?: DestinationStream
}

/** No honest answer of a source is larger. */
const MAX_ANSWER_BYTES = 20 * 1024 * 1024

/**
 * Starts the gateway: its index and its register of governance, its planner over
 * `supergraph.graphql`, and its server.
 *
 * @throws {ExclusionListError} when what is never shared is not known
 * @throws when the database cannot be reached, the supergraph not loaded, or the port not taken
 */
export async function startGateway(
  config: Config,
  options: StartOptions = {},
): Promise<RunningGateway> {
  const { clock = () => new Date(), feedsWait = false } = options
  const logger = pino(
    { name: 'gateway', level: config.logLevel },
    options.log ?? pino.destination(process.stdout.fd),
  )
  const lists = await loadExclusions(config.exclusions)
  const participants = await findParticipants()
  const keys = await ensureKeys(config.dataDir)
  const trail = await openAuditTrail(config, { keys, clock, logger })
  const register = await openRegister(config, { participants, clock, trail })
  const sign = await createAssertionSigner(keys.gateway.privateJwk, clock)
  const graph = await loadGraph(config, register, logger)
  const parts: Parts = { config, logger, clock, participants, lists, sign, trail, register, graph }
  const feeds = follow(parts, feedsWait)
  const alerts = watch(parts)
  const expectations = tokenExpectations(config, keys, clock)
  const server = await createServer({
    schema: graph.schema,
    supergraphSdl: graph.supergraphSdl,
    pipeline: createPipeline(parts),
    identify: (authorization) => verifyToken(authorization, expectations),
    readiness: readinessOf(register.db, trail),
    logger,
  })
  const url = await server.listen({ port: config.port, host: config.host })
  return {
    url,
    whenCaughtUp: () => feeds.whenCaughtUp(),
    async close() {
      await server.close()
      await feeds.close()
      await alerts.close()
      await graph.executor.close()
      await register.db.destroy()
      await trail.close()
    },
  }
}

/** What the parts of the gateway are made of. */
interface Parts {
  readonly config: Config
  readonly logger: Logger
  readonly clock: () => Date
  readonly participants: readonly Participant[]
  readonly lists: ExclusionLists
  readonly sign: SignAssertion
  readonly trail: AuditTrail
  readonly register: Register
  readonly graph: Graph
}

/** What stands in the gateway's own database: who is known where, objections, emergency claims. */
interface Register {
  readonly db: Kysely<IndexDatabase>
  readonly index: Index
  readonly governance: Governance
}

function openAuditTrail(
  { audit }: Config,
  given: { readonly keys: Keys; readonly clock: () => Date; readonly logger: Logger },
): Promise<AuditTrail> {
  if (audit.databaseUrl === undefined) {
    throw new Error('The gateway needs an LCR_AUDIT_DATABASE_URL')
  }
  return openTrail({
    url: audit.databaseUrl,
    anchors: audit.anchors,
    privateJwk: given.keys.gateway.privateJwk,
    clock: given.clock,
    logger: given.logger,
    deadlineMs: audit.deadlineMs,
  })
}

async function openRegister(
  config: Config,
  given: Pick<Parts, 'participants' | 'clock' | 'trail'>,
): Promise<Register> {
  const { participants, clock, trail } = given
  if (config.databaseUrl === undefined) throw new Error('The gateway needs a DATABASE_URL')
  const db = connect<IndexDatabase>(config.databaseUrl)
  const governanceDb = db.withTables<GovernanceDatabase>()
  await migrateIndex(db)
  await migrateGovernance(governanceDb)
  const { emergencyAccessHours, emergencySignInMinutes } = config
  const hours = { emergencyAccessHours, emergencySignInMinutes }
  return {
    db,
    index: await createIndex({ db, participants, clock }),
    governance: await createGovernance({
      db: governanceDb,
      audit: trail.db,
      participants,
      clock,
      ...hours,
    }),
  }
}

/** The supergraph with those who answer its parts. */
interface Graph {
  readonly supergraphSdl: string
  readonly executor: FederatedExecutor
  /** What clients see. */
  readonly schema: GraphQLSchema
}

async function loadGraph(
  config: Config,
  { index, governance }: Register,
  logger: Logger,
): Promise<Graph> {
  const supergraphSdl = await readFile(join(projectRoot, 'supergraph.graphql'), 'utf8')
  const executor = await createApolloExecutor({
    supergraphSdl,
    sourceFor({ name }) {
      if (name === INDEX) return createLocalSource(name, index.schema)
      if (name === GOVERNANCE) return createLocalSource(name, governance.schema, GOVERNANCE_FAILURE)
      return remoteSource(config, name, logger)
    },
  })
  return { supergraphSdl, executor, schema: extendWithMergedRecord(executor.schema) }
}

function follow({ config, clock, logger, sign, register }: Parts, waitsToBegin: boolean) {
  return followFeeds({
    db: register.db,
    participants: config.sources.map(({ code, url }) => ({ code, url })),
    sign: (participant) =>
      sign(participant, { sub: 'lcr-gateway', requested_scope: 'feed.read', request_id: 'feed' }),
    clock,
    intervalMs: config.feedIntervalMs,
    waitsToBegin,
    logger,
  })
}

/** Looks through the audit trail for what privacy officers are to know. */
function watch({ config, clock, logger, participants, trail, register }: Parts) {
  return followTrail({
    db: register.db.withTables<GovernanceDatabase>(),
    audit: trail.db,
    participants,
    ...config.alerts,
    clock,
    logger,
  })
}

function createPipeline(parts: Parts): Pipeline {
  const { config, clock, participants, lists, sign, logger, trail } = parts
  const { db, index } = parts.register
  const { schema, executor } = parts.graph
  const decide = createAccess(db, clock)
  const extensions = sectionsOfExtensions(participants)
  return new Pipeline({
    schema,
    participants,
    executor,
    index,
    localContext: ({ admitted: { caller }, requestId, located, onFound }) => ({
      ...governanceContext({ caller, requestId }, { db, clock, locate: index.locate }),
      ...indexContext(caller, located, decide, onFound),
    }),
    rehearse: createRehearsal(schema, extensions),
    decide,
    screen: createScreen({
      lists,
      onExcluded: (finding) => logger.error(finding, 'a source sent what is never shared'),
    }),
    sign,
    account: {
      trail,
      schema,
      participants,
      sectionOf: sectionsOfFields(extensions),
      clock,
      findSubject: createFindSubject(db.withTables<GovernanceDatabase>()),
    },
    deadlineMs: config.deadlineMs,
    logger,
  })
}

const GOVERNANCE_FAILURE = {
  code: 'GOVERNANCE_UNAVAILABLE',
  text: errorCatalogue.GOVERNANCE_UNAVAILABLE.text,
}

function remoteSource(config: Config, name: string, logger: Logger): FederatedSource {
  const source = config.sources.find(({ code }) => code === name)
  if (!source) throw new Error(`supergraph.graphql has a subgraph '${name}' that has no folder`)
  return createRemoteSource(
    new HttpSource({
      name,
      url: source.url,
      deadlineMs: config.sourceDeadlineMs,
      maxConnections: config.maxConnectionsPerSource,
      maxBytes: MAX_ANSWER_BYTES,
      onFailure: (failure) => logger.warn(failure, 'a source failed'),
    }),
  )
}

function tokenExpectations(config: Config, keys: Keys, clock: () => Date): TokenExpectations {
  const { issuer, audience } = config
  return issuer
    ? { issuer: issuer.issuer, audience, keys: createRemoteJWKSet(new URL(issuer.jwksUrl)), clock }
    : { issuer: DEVELOPMENT_ISSUER, audience, keys: createLocalJWKSet(keys.issuer.jwks), clock }
}
