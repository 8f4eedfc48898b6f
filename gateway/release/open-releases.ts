import { join } from 'node:path'
import type { Logger } from 'pino'
import type { Config } from '../config.ts'
import { HttpSource } from '../federation/http-source.ts'
import { longestAnswerMs } from '../limits/close-in-time.ts'
import type { Register } from '../register.ts'
import type { BuiltIn } from '../registry/built-in-version.ts'
import type { RegistryDatabase } from '../registry/store/tables.ts'
import { followReleases, type Releases } from './follow-releases.ts'
import { openRelease, type ReleaseParts } from './open-release.ts'
import { SourcePool } from './source-pool.ts'

/**
 * Follows what is published; every release is opened over the same databases and sources.
 *
 * @throws when no release can be opened
 */
export function openReleases(
  given: Omit<ReleaseParts, 'db' | 'sources'> & {
    readonly register: Register
    readonly builtIn: BuiltIn
  },
): Promise<Releases> {
  const { config, logger, clock, register, builtIn } = given
  const sources = new SourcePool((name, urls) => httpSource(config, { name, urls }, logger))
  return followReleases({
    db: register.behind.withTables<RegistryDatabase>(),
    builtIn,
    lastKnownFile: join(config.dataDir, 'supergraph', 'last-known.json'),
    intervalMs: config.registryIntervalMs,
    longestAnswerMs: longestAnswerMs(config),
    open: (version) => openRelease({ ...given, db: register.db, sources }, version),
    clock,
    logger,
  })
}

function httpSource(
  config: Config,
  at: { readonly name: string; readonly urls: readonly string[] },
  logger: Logger,
): HttpSource {
  return new HttpSource({
    ...at,
    deadlineMs: config.sourceDeadlineMs,
    maxConnections: config.maxConnectionsPerSource,
    maxBytes: config.sourceLimits.maxBytes,
    hedgeAfterMs: config.hedgeAfterMs,
    openMs: config.circuitOpenMs,
    onFailure: (failure) => logger.warn(failure, 'a source failed'),
    onCircuit: (change) => logger.warn(change, 'a source is asked otherwise than before'),
  })
}
