import { setTimeout as wait } from 'node:timers/promises'
import type { Kysely } from 'kysely'
import type { Logger } from 'pino'
import { problemOf } from '../../problem-of.ts'
import { findNewestManifest, findRegisteredDigests } from '../store/operations.ts'
import type { RegistryDatabase } from '../store/tables.ts'

/** Which operations are registered, as this process knows it. */
export interface RegisteredOperations {
  has(digest: string): boolean
  close(): Promise<void>
}

/**
 * Follows what teams register. While the registry does not answer, what was known last stands; before it
 * answered once, nothing is registered: then the gateway can answer about no patient anyway.
 *
 * @param given.intervalMs how often it looks for a newer manifest
 */
export async function followOperations(given: {
  readonly db: Kysely<RegistryDatabase>
  readonly intervalMs: number
  readonly logger: Pick<Logger, 'info' | 'warn'>
}): Promise<RegisteredOperations> {
  const { db, intervalMs, logger } = given
  const stopping = new AbortController()
  const { signal } = stopping
  let digests: ReadonlySet<string> = new Set()
  let known: string | null = null
  let isAway = false

  async function look(): Promise<void> {
    try {
      // The number first: what is registered in between is loaded twice, and never missed.
      const newest = await findNewestManifest(db)
      if (newest !== known) {
        digests = await findRegisteredDigests(db)
        known = newest
        logger.info({ operations: digests.size }, 'registered operations are in force')
      }
      isAway = false
    } catch (error) {
      if (!isAway)
        logger.warn({ problem: problemOf(error) }, 'no registered operations can be read')
      isAway = true
    }
  }

  async function run(): Promise<void> {
    while (!signal.aborted) {
      await wait(intervalMs, undefined, { signal }).catch(() => {})
      if (!signal.aborted) await look()
    }
  }

  await look()
  const running = run()
  return {
    has: (digest) => digests.has(digest),
    async close() {
      stopping.abort()
      await running
    },
  }
}
