import type { Kysely } from 'kysely'
import type { Logger } from 'pino'
import { problemOf } from '../../problem-of.ts'
import { keepLooking } from '../keep-looking.ts'
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
  let digests: ReadonlySet<string> = new Set()
  let known: string | null = null

  async function look(): Promise<void> {
    // The number first: what is registered in between is loaded twice, and never missed.
    const newest = await findNewestManifest(db)
    if (newest === known) return
    digests = await findRegisteredDigests(db)
    known = newest
    logger.info({ operations: digests.size }, 'registered operations are in force')
  }

  const onAway = (error: unknown) =>
    logger.warn({ problem: problemOf(error) }, 'no registered operations can be read')
  const isAway = await look().then(
    () => false,
    (error) => {
      onAway(error)
      return true
    },
  )
  return {
    has: (digest) => digests.has(digest),
    close: keepLooking({ intervalMs, isAway, look, onAway }),
  }
}
