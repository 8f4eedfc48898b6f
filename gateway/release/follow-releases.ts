import type { Kysely } from 'kysely'
import type { Logger } from 'pino'
import { problemOf } from '../problem-of.ts'
import type { BuiltIn } from '../registry/built-in-version.ts'
import { keepLooking } from '../registry/keep-looking.ts'
import type { RegistryDatabase } from '../registry/store/tables.ts'
import { findNewestNumber, findNewestVersion } from '../registry/store/versions.ts'
import type { Version } from '../registry/version.ts'
import { findFirstVersion } from './first-version.ts'
import { keepLastKnown } from './last-known.ts'
import type { Release } from './release.ts'

/** What following the registry takes. */
export interface FollowReleasesOptions {
  readonly db: Kysely<RegistryDatabase>
  readonly builtIn: BuiltIn
  /** Absolute: where the last version is kept for a start without the registry. */
  readonly lastKnownFile: string
  /** How often the registry is asked for a newer version, in milliseconds. */
  readonly intervalMs: number
  /** How long an answer may take. */
  readonly longestAnswerMs: number
  open(version: Version): Promise<Release>
  readonly clock: () => Date
  readonly logger: Pick<Logger, 'info' | 'warn' | 'error'>
}

/** A new supergraph is in force within two seconds: what cannot be planned ahead in this time waits. */
const WARM_WITHIN_MS = 500

/** The releases of a gateway, one after the other. */
export interface Releases {
  /** The one that new requests are answered from. */
  readonly current: Release
  /** @returns what ends the listening */
  onSwitch(listener: (release: Release) => void): () => void
  close(): Promise<void>
}

/**
 * Opens the newest release and follows the registry: a newer version is opened and warmed beside the
 * current one, which goes on until its last request is answered. One that cannot be opened is left
 * alone, and so is a registry that does not answer.
 *
 * @throws when the first release cannot be opened
 */
export async function followReleases(options: FollowReleasesOptions): Promise<Releases> {
  const { db, builtIn, intervalMs, logger } = options
  const listeners = new Set<(release: Release) => void>()
  const retiring = new Set<Promise<void>>()
  let isClosed = false
  let current = await openFirst(options)
  let lastTried = current.version.number

  async function look(): Promise<void> {
    if ((await findNewestNumber(db, builtIn.base)) <= lastTried) return
    const version = await findNewestVersion(db, builtIn)
    lastTried = version.number
    const next = await openNext(version)
    if (!next) return
    if (isClosed) return next.close()
    const before = current
    current = next
    for (const listener of listeners) listener(next)
    logger.info({ supergraph: version.number }, 'a new supergraph is in force')
    const retired = before.retire(options.longestAnswerMs).finally(() => retiring.delete(retired))
    retiring.add(retired)
    await keep(options, version)
  }

  async function openNext(version: Version): Promise<Release | null> {
    try {
      const next = await options.open(version)
      const operations = await next.warm(current, WARM_WITHIN_MS)
      logger.info({ supergraph: version.number, operations }, 'a new supergraph is planned ahead')
      return next
    } catch (error) {
      logger.error(
        { supergraph: version.number, stays: current.version.number, problem: problemOf(error) },
        'a new supergraph cannot be loaded: the one before it stays in force',
      )
      return null
    }
  }

  const stopLooking = keepLooking({
    intervalMs,
    look,
    onAway: (error) =>
      logger.warn({ problem: problemOf(error) }, 'The registry cannot be followed'),
    onBack: () => logger.info('The registry is followed again'),
  })
  return {
    get current() {
      return current
    },
    onSwitch(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    async close() {
      isClosed = true
      await stopLooking()
      await Promise.all([...retiring, current.close()])
    },
  }
}

/** A first version that cannot be loaded ends no gateway that has its file. */
async function openFirst(options: FollowReleasesOptions): Promise<Release> {
  const { builtIn, logger, open } = options
  const version = await findFirstVersion(options)
  try {
    const release = await open(version)
    if (version.number > 0) await keep(options, version)
    return release
  } catch (error) {
    if (version.number === 0) throw error
    logger.error(
      { supergraph: version.number, problem: problemOf(error) },
      'the newest supergraph cannot be loaded: the gateway starts with its file',
    )
    return open(builtIn)
  }
}

async function keep(
  { lastKnownFile, builtIn, logger }: FollowReleasesOptions,
  version: Version,
): Promise<void> {
  await keepLastKnown(lastKnownFile, version, builtIn.base).catch((error) =>
    logger.warn(
      { problem: problemOf(error) },
      'the supergraph could not be kept for a start alone',
    ),
  )
}
