import { setTimeout as wait } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'
import { createLocalJWKSet, createRemoteJWKSet } from 'jose'
import { type DestinationStream, type Logger, pino } from 'pino'
import { ensureKeys, type Keys } from '../cli/start/keys.ts'
import { followFeeds } from '../subgraphs/index/feed/follow-feeds.ts'
import type { ExclusionLists } from '../subgraphs/kit/exclusions/exclusion-lists.ts'
import { loadExclusions } from '../subgraphs/kit/exclusions/load-exclusions.ts'
import { findParticipants } from '../subgraphs/kit/find-participants.ts'
import type { Participant } from '../subgraphs/kit/participant.ts'
import { createAccess } from './access/evidence.ts'
import { sectionsOfExtensions } from './access/extensions.ts'
import { sectionsOfFields } from './access/permissions.ts'
import { createRehearsal } from './access/rehearsal.ts'
import { createFindSubject } from './audit/describe/subjects.ts'
import { type AuditTrail, openTrail } from './audit/open-trail.ts'
import type { Config } from './config.ts'
import { createAssertionSigner, type SignAssertion } from './federation/assertion.ts'
import { followTrail } from './governance/alerts/watcher/follow-trail.ts'
import { governanceContext } from './governance/governance-context.ts'
import type { GovernanceDatabase } from './governance/store/tables.ts'
import { type Graph, loadGraph } from './graph.ts'
import { DEVELOPMENT_ISSUER } from './identity/development-issuer.ts'
import { type TokenExpectations, verifyToken } from './identity/verify-token.ts'
import { indexContext } from './index-context.ts'
import { CallerRates } from './limits/caller-rates.ts'
import { closeInTime, longestAnswerMs } from './limits/close-in-time.ts'
import { Pipeline } from './pipeline.ts'
import { readinessOf } from './readiness.ts'
import { openRegister, type Register } from './register.ts'
import { createScreen } from './screen/create-screen.ts'
import { createServer, type ServerOptions } from './server.ts'

/** A gateway that answers. */
export interface RunningGateway {
  /** `http://host:port`. */
  readonly url: string
  /** Resolves once every participant that answers has been followed to the end of its feed. */
  whenCaughtUp(): Promise<void>
  /**
   * Says that it is not ready, and answers for as long as load balancers take to notice; what is sent
   * later than this may find the port closed.
   */
  drain(): Promise<void>
  /** Lets the answers under way leave, and ends. */
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
  const rates = countRates(config, { trail, logger, clock })
  const parts: Parts = { config, logger, clock, participants, lists, sign, trail, register, graph }
  const feeds = follow(parts, feedsWait)
  const alerts = watch(parts)
  let isStopping = false
  const server = await serverOf(parts, { keys, rates, isStopping: () => isStopping })
  const url = await server.listen({ port: config.port, host: config.host })
  return {
    url,
    whenCaughtUp: () => feeds.whenCaughtUp(),
    async drain() {
      isStopping = true
      await wait(config.drainMs)
    },
    async close() {
      isStopping = true
      await closeInTime(server, longestAnswerMs(config))
      rates.close()
      await feeds.close()
      await alerts.close()
      await graph.executor.close()
      await register.db.destroy()
      await register.behind.destroy()
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

function serverOf(
  parts: Parts,
  given: Pick<ServerOptions, 'rates' | 'isStopping'> & { readonly keys: Keys },
): Promise<FastifyInstance> {
  const { config, logger, clock, trail, register, graph } = parts
  const { keys, rates, isStopping } = given
  const expectations = tokenExpectations(config, keys, clock)
  return createServer({
    schema: graph.schema,
    supergraphSdl: graph.supergraphSdl,
    pipeline: createPipeline(parts, rates),
    identify: (authorization) => verifyToken(authorization, expectations),
    rates,
    capacity: config.capacity,
    clients: config.clients,
    readiness: readinessOf(register.db, trail),
    isStopping,
    logger,
  })
}

/** Counts what callers ask; refusals that are not events of their own reach the trail as a number. */
function countRates(
  { rates }: Config,
  { trail, logger, clock }: Pick<Parts, 'trail' | 'logger' | 'clock'>,
): CallerRates {
  return new CallerRates({
    ...rates,
    onCounted(counted) {
      const { requestId, refusals } = counted
      logger.warn({ requestId, refusals }, 'a caller asked too often')
      trail.append([{ kind: 'UNRECORDED', at: clock().toISOString(), ...counted }])
    },
  })
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

function follow({ config, clock, logger, sign, register }: Parts, waitsToBegin: boolean) {
  return followFeeds({
    db: register.behind,
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
    db: register.behind.withTables<GovernanceDatabase>(),
    audit: trail.db,
    participants,
    ...config.alerts,
    clock,
    logger,
  })
}

function createPipeline(parts: Parts, rates: CallerRates): Pipeline {
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
    rates,
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

function tokenExpectations(config: Config, keys: Keys, clock: () => Date): TokenExpectations {
  const { issuer, audience } = config
  return issuer
    ? { issuer: issuer.issuer, audience, keys: createRemoteJWKSet(new URL(issuer.jwksUrl)), clock }
    : { issuer: DEVELOPMENT_ISSUER, audience, keys: createLocalJWKSet(keys.issuer.jwks), clock }
}
