import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Logger } from 'pino'
import { createIndex } from '../../subgraphs/index/create-index.ts'
import type { NationalDesk } from '../../subgraphs/index/national/national-desk.ts'
import type { ExclusionLists } from '../../subgraphs/kit/exclusions/exclusion-lists.ts'
import type { Participant } from '../../subgraphs/kit/participant.ts'
import { createAccess } from '../access/evidence.ts'
import { sectionsOfExtensions } from '../access/extensions.ts'
import { sectionsOfFields } from '../access/permissions.ts'
import { createRehearsal } from '../access/rehearsal.ts'
import { createFindSubject } from '../audit/describe/subjects.ts'
import type { AuditTrail } from '../audit/open-trail.ts'
import type { Config } from '../config.ts'
import type { SignAssertion } from '../federation/assertion.ts'
import { createGovernance } from '../governance/create-governance.ts'
import { governanceContext } from '../governance/governance-context.ts'
import type { GovernanceDatabase } from '../governance/store/tables.ts'
import { type Graph, loadGraph } from '../graph.ts'
import { indexContext } from '../index-context.ts'
import type { AdaptiveLimit } from '../limits/adaptive-limit.ts'
import type { CallerRates } from '../limits/caller-rates.ts'
import { Pipeline } from '../pipeline.ts'
import type { Register } from '../register.ts'
import type { RegisteredOperations } from '../registry/operations/follow-operations.ts'
import type { Version } from '../registry/version.ts'
import { createScreen } from '../screen/create-screen.ts'
import { Release } from './release.ts'
import type { SourcePool } from './source-pool.ts'
import { urlsOf } from './urls-of.ts'

/** What every release is made of beside its version. */
export interface ReleaseParts {
  readonly config: Config
  readonly logger: Logger
  readonly clock: () => Date
  readonly lists: ExclusionLists
  readonly sign: SignAssertion
  readonly trail: AuditTrail
  readonly db: Register['db']
  readonly rates: CallerRates
  readonly limit: Pick<AdaptiveLimit, 'waited'>
  readonly registered: RegisteredOperations | null
  readonly sources: SourcePool
  /** Where it is asked nationally who somebody is; null where no such service is connected. */
  readonly national: NationalDesk | null
}

/**
 * Makes everything that depends on the supergraph: the index of its participants, governance, the
 * planner and the pipeline. Requests are answered between the one and the other.
 *
 * @throws when the version cannot be loaded; nothing stays open
 */
export async function openRelease(parts: ReleaseParts, version: Version): Promise<Release> {
  const { config, clock, db, trail, logger, sources } = parts
  const participants = version.members
    .map(({ participant }) => participant)
    .sort((a, b) => (a.code < b.code ? -1 : 1))
  const index = await createIndex({ db, participants, clock, national: parts.national })
  await nextTurn()
  const governance = await createGovernance({
    db: db.withTables<GovernanceDatabase>(),
    audit: trail.db,
    participants,
    clock,
    emergencyAccessHours: config.emergencyAccessHours,
    emergencySignInMinutes: config.emergencySignInMinutes,
  })
  await nextTurn()
  const graph = await loadGraph({
    supergraphSdl: version.supergraphSdl,
    index,
    governance,
    borrow: (code) => sources.borrow(code, urlsOf(config, version, code)),
    maxEntries: config.sourceLimits.maxEntries,
    logger,
  })
  await nextTurn()
  const pipeline = createPipeline(parts, { graph, participants, index })
  return new Release({ version, participants, graph, pipeline })
}

function createPipeline(
  parts: ReleaseParts,
  made: {
    readonly graph: Graph
    readonly participants: readonly Participant[]
    readonly index: Awaited<ReturnType<typeof createIndex>>
  },
): Pipeline {
  const { config, clock, lists, sign, logger, trail, db, rates, registered, limit } = parts
  const { graph, participants, index } = made
  const { schema, executor } = graph
  const decide = createAccess({ db, participants, clock })
  const extensions = sectionsOfExtensions(participants)
  return new Pipeline({
    schema,
    participants,
    executor,
    index,
    localContext: ({ admitted: { caller }, requestId, located, onFound }) => ({
      ...governanceContext(
        { caller, requestId },
        { db, clock, participants, locate: index.locate },
      ),
      ...indexContext(caller, located, decide, onFound),
    }),
    rates,
    registered,
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
    onWaited: (ms) => limit.waited(ms),
    logger,
  })
}
