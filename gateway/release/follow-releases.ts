import { setTimeout as wait } from 'node:timers/promises'
import type { Kysely } from 'kysely'
import type { Logger } from 'pino'
import { problemOf } from '../problem-of.ts'
import type { BuiltIn } from '../registry/built-in-version.ts'
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
  const stopping = new AbortController()
  const { signal } = stopping
  let current = await openFirst(options)
  let lastTried = current.version.number

  async function look(): Promise<void> {
    if ((await findNewestNumber(db, builtIn.base)) <= lastTried) return
    const version = await findNewestVersion(db, builtIn)
    lastTried = version.number
    const next = await openNext(version)
    if (!next || signal.aborted) return
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

  async function run(): Promise<void> {
    let isAway = false
    while (!signal.aborted) {
      await wait(intervalMs, undefined, { signal }).catch(() => {})
      if (signal.aborted) return
      try {
        await look()
        if (isAway) logger.info('The registry is followed again')
        isAway = false
      } catch (error) {
        if (!isAway) logger.warn({ problem: problemOf(error) }, 'The registry cannot be followed')
        isAway = true
      }
    }
  }

  const running = run()
  return {
    get current() {
      return current
    },
    onSwitch(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    async close() {
      stopping.abort()
      await running
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
