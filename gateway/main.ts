import { setTimeout as wait } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'
import { createLocalJWKSet, createRemoteJWKSet } from 'jose'
import { type DestinationStream, type Logger, pino } from 'pino'
import { ensureKeys, type Keys } from '../cli/start/keys.ts'
import {
  type FeedFollower,
  type FeedSource,
  followFeeds,
} from '../subgraphs/index/feed/follow-feeds.ts'
import { ownersOf } from '../subgraphs/index/relationships/why-unheard.ts'
import { loadExclusions } from '../subgraphs/kit/exclusions/load-exclusions.ts'
import { type AuditTrail, openTrail } from './audit/open-trail.ts'
import type { Config } from './config.ts'
import { createAssertionSigner, type SignAssertion } from './federation/assertion.ts'
import { followTrail, type TrailFollower } from './governance/alerts/watcher/follow-trail.ts'
import type { GovernanceDatabase } from './governance/store/tables.ts'
import { DEVELOPMENT_ISSUER } from './identity/development-issuer.ts'
import { rememberGenuine } from './identity/remember-genuine.ts'
import { type TokenExpectations, verifyToken } from './identity/verify-token.ts'
import { AdaptiveLimit } from './limits/adaptive-limit.ts'
import { CallerRates } from './limits/caller-rates.ts'
import { closeInTime, longestAnswerMs } from './limits/close-in-time.ts'
import { connectNational } from './national.ts'
import { readinessOf } from './readiness.ts'
import { openRegister, type Register } from './register.ts'
import { readBuiltIn } from './registry/built-in-version.ts'
import { countUsesHourly } from './registry/count-uses.ts'
import {
  followOperations,
  type RegisteredOperations,
} from './registry/operations/follow-operations.ts'
import type { RegistryDatabase } from './registry/store/tables.ts'
import type { Releases } from './release/follow-releases.ts'
import { openReleases } from './release/open-releases.ts'
import type { Release } from './release/release.ts'
import { urlsOf } from './release/urls-of.ts'
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
 * Starts the gateway: its releases of the supergraph, what follows the feeds and the trail, and its
 * server.
 *
 * @throws {ExclusionListError} when what is never shared is not known
 * @throws when the database cannot be reached, no supergraph loaded, or the port not taken
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
  const builtIn = await readBuiltIn()
  const keys = await ensureKeys(config.dataDir)
  const trail = await openAuditTrail(config, { keys, clock, logger })
  const register = await openRegister(config)
  const sign = createAssertionSigner(keys.gateway.privateJwk, clock)
  const rates = countRates(config, { trail, logger, clock })
  const registered = await followRegistered(config, register, logger)
  const { maxRequests: most, maxWaitMs } = config.capacity
  const limit = new AdaptiveLimit({ most, maxWaitMs })
  const national = await connectNational(config, { db: register.db, clock, logger })
  const shared = { config, logger, clock, sign, trail, register, rates, registered, limit }
  const releases = await openReleases({ ...shared, lists, builtIn, national })
  const publishing = {
    db: register.behind.withTables<RegistryDatabase>(),
    audit: trail.db,
    builtIn,
    service: { sign, deadlineMs: config.sourceDeadlineMs },
    clock,
  }
  const parts: Parts = { ...shared, releases }
  const feeds = follow(parts, feedsWait)
  releases.onSwitch((release) => void feeds.follow(feedsOf(config, release)))
  const alerts = watch(parts)
  const stopCounting = countUsesHourly(trail.db, logger)
  let isStopping = false
  const server = await serverOf(parts, { keys, publishing, feeds, isStopping: () => isStopping })
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
      await stopCounting()
      await releases.close()
      await registered?.close()
      await national?.close()
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
  readonly sign: SignAssertion
  readonly trail: AuditTrail
  readonly register: Register
  readonly rates: CallerRates
  readonly limit: AdaptiveLimit
  readonly releases: Releases
}

function serverOf(
  parts: Parts,
  given: Pick<ServerOptions, 'isStopping' | 'publishing'> & {
    readonly keys: Keys
    readonly feeds: FeedFollower
  },
): Promise<FastifyInstance> {
  const { config, logger, clock, trail, register, releases, rates, limit } = parts
  const { keys, feeds, isStopping, publishing } = given
  const expectations = tokenExpectations(config, keys, clock)
  return createServer({
    releases,
    publishing,
    identify: rememberGenuine((one) => verifyToken(one, expectations), clock),
    rates,
    capacity: { limit, maxEventLoopDelayMs: config.capacity.maxEventLoopDelayMs },
    clients: config.clients,
    readiness: readinessOf({ db: register.behind, trail, feeds }),
    isStopping,
    logger,
  })
}

/** Null where any operation is answered. */
async function followRegistered(
  config: Config,
  { behind }: Register,
  logger: Logger,
): Promise<RegisteredOperations | null> {
  if (config.operations === 'any') return null
  const db = behind.withTables<RegistryDatabase>()
  return followOperations({ db, intervalMs: config.registryIntervalMs, logger })
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

function follow(
  { config, clock, logger, sign, register, releases }: Parts,
  waitsToBegin: boolean,
): FeedFollower {
  return followFeeds({
    db: register.behind,
    participants: feedsOf(config, releases.current),
    sign: async (participant) =>
      sign(participant, { sub: 'lcr-gateway', requested_scope: 'feed.read', request_id: 'feed' }),
    clock,
    intervalMs: config.feedIntervalMs,
    waitsToBegin,
    owners: () => ownersOf(releases.current.participants),
    logger,
  })
}

function feedsOf(config: Config, { participants, version }: Release): FeedSource[] {
  return participants.flatMap(({ code }) => {
    const [url] = urlsOf(config, version, code)
    return url === undefined ? [] : [{ code, url }]
  })
}

/** Looks through the audit trail for what privacy officers are to know. */
function watch({ config, clock, logger, trail, register, releases }: Parts): TrailFollower {
  return followTrail({
    db: register.behind.withTables<GovernanceDatabase>(),
    audit: trail.db,
    participants: () => releases.current.participants,
    ...config.alerts,
    clock,
    logger,
  })
}

function tokenExpectations(config: Config, keys: Keys, clock: () => Date): TokenExpectations {
  const { issuer, audience } = config
  return issuer
    ? { issuer: issuer.issuer, audience, keys: createRemoteJWKSet(new URL(issuer.jwksUrl)), clock }
    : { issuer: DEVELOPMENT_ISSUER, audience, keys: createLocalJWKSet(keys.issuer.jwks), clock }
}
