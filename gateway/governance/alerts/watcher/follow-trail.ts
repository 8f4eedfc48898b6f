import { setTimeout as wait } from 'node:timers/promises'
import type { Kysely } from 'kysely'
import type { Logger } from 'pino'
import type { Clock } from '../../../../subgraphs/kit/clock.ts'
import type { Participant } from '../../../../subgraphs/kit/participant.ts'
import type { AuditDatabase } from '../../../audit/store/tables.ts'
import { problemOf } from '../../../problem-of.ts'
import type { GovernanceDatabase } from '../../store/tables.ts'
import type { Rule } from '../rules/rule.ts'
import { rules as everyRule } from '../rules/rules.ts'
import { CommonNames } from './common-names.ts'
import { hasReached, lastOfTrail } from './read-trail.ts'
import { type BatchOptions, takeBatch } from './take-batch.ts'

/** What following the trail takes. */
export interface FollowTrailOptions {
  /** The gateway's database, prepared by `migrateIndex` and `migrateGovernance`. */
  readonly db: Kysely<GovernanceDatabase>
  /** The audit store, for reading. */
  readonly audit: Kysely<AuditDatabase>
  /** Those of the supergraph that is in force. */
  participants(): readonly Participant[]
  /** So many different patients in an hour are usual for one user. */
  readonly patientsPerHour: number
  /** How long to rest at the trail's end. */
  readonly intervalMs: number
  readonly clock: Clock
  readonly logger: Pick<Logger, 'info' | 'error'>
  /** All, when left out. */
  readonly rules?: readonly Rule[]
}

/** Watches the trail for what a privacy officer is to know. */
export interface TrailFollower {
  /** Resolves when every event that is committed by now has been judged, by whatever process. */
  whenCaughtUp(): Promise<void>
  /** Stops; what is under way is written whole or not at all. */
  close(): Promise<void>
}

/** The longest rest after failures. */
const LONGEST_REST_MS = 60_000

/** How often it is looked whether another process has gone on. */
const LOOK_AGAIN_MS = 10

/**
 * Follows the audit trail and raises alerts by the rules. It holds up no request; what fails is tried
 * again. Each alert is told to the log by its reference alone: no patient, no user.
 */
export function followTrail(options: FollowTrailOptions): TrailFollower {
  const { intervalMs, logger, rules = everyRule } = options
  const commonNames = new CommonNames(options.db)
  const batch: BatchOptions = { ...options, rules, commonNames }
  const stopping = new AbortController()
  const { signal } = stopping

  async function takeOne() {
    const taken = await takeBatch(batch)
    for (const reference of taken.raised) logger.info({ reference }, 'A privacy alert is raised')
    return taken
  }

  async function run(): Promise<void> {
    let failures = 0
    while (!signal.aborted) {
      try {
        const { hasMore } = await takeOne()
        if (failures > 0) logger.info('The audit trail is followed again')
        failures = 0
        if (hasMore) continue
      } catch (error) {
        failures += 1
        const problem = problemOf(error)
        logger.error({ problem, failures }, 'The audit trail cannot be followed')
      }
      const restMs = Math.min(intervalMs * 2 ** Math.min(failures, 10), LONGEST_REST_MS)
      await wait(restMs, undefined, { signal }).catch(() => {})
    }
  }

  const running = run()
  return {
    async whenCaughtUp() {
      const last = await lastOfTrail(options.audit)
      while (last && !signal.aborted) {
        const { cursor } = await takeOne()
        if (cursor && hasReached(cursor, last)) return
        await wait(LOOK_AGAIN_MS)
      }
    },
    async close() {
      stopping.abort()
      await running
    },
  }
}
