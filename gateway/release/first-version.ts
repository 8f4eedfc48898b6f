import type { Kysely } from 'kysely'
import type { Logger } from 'pino'
import { readContract } from '../../subgraphs/kit/schema/contract.ts'
import { problemOf } from '../problem-of.ts'
import type { BuiltIn } from '../registry/built-in-version.ts'
import { composeMembers } from '../registry/compose-members.ts'
import type { RegistryDatabase } from '../registry/store/tables.ts'
import { addVersion, findNewestMembers, findNewestVersion } from '../registry/store/versions.ts'
import type { Version } from '../registry/version.ts'
import { within } from '../within.ts'
import { readLastKnown } from './last-known.ts'

/** How long a start waits for the registry. */
const WITHIN_MS = 5000

/**
 * The version to start with: the registry's newest; without the registry the last one that this
 * gateway knew; without that, the file.
 */
export async function findFirstVersion(given: {
  readonly db: Kysely<RegistryDatabase>
  readonly builtIn: BuiltIn
  readonly lastKnownFile: string
  readonly clock: () => Date
  readonly logger: Pick<Logger, 'info' | 'warn' | 'error'>
}): Promise<Version> {
  const { db, builtIn, lastKnownFile, logger } = given
  const deadlineAt = performance.now() + WITHIN_MS
  try {
    const newest = await within(deadlineAt, findNewestVersion(db, builtIn))
    return newest.number > 0 ? newest : await bringForward(given)
  } catch (error) {
    const lastKnown = await readLastKnown(lastKnownFile, builtIn)
    const { number } = lastKnown ?? builtIn
    logger.error(
      { problem: problemOf(error), supergraph: number },
      'the registry does not answer: the gateway starts with the last supergraph it knew',
    )
    return lastKnown ?? builtIn
  }
}

/**
 * After a new release of this software: what is published is composed with what the software brings
 * along now. Where that does not fit, the file stands, and the log says so.
 */
async function bringForward(given: Parameters<typeof findFirstVersion>[0]): Promise<Version> {
  const { db, builtIn, clock, logger } = given
  const newest = await findNewestMembers(db, builtIn)
  if (!newest) return builtIn
  const known = new Set(newest.members.map(({ participant }) => participant.code))
  const added = builtIn.members.filter(({ participant }) => !known.has(participant.code))
  const members = [...newest.members, ...added]
  try {
    const supergraphSdl = composeMembers(members, await readContract())
    const version = {
      base: builtIn.base,
      supergraphSdl,
      members,
      cause: 'new software',
      madeBy: 'gateway',
      madeAt: clock(),
    }
    await db.transaction().execute((transaction) => addVersion(transaction, version, 0))
    return await findNewestVersion(db, builtIn)
  } catch (error) {
    const problem = error instanceof Error ? error.message : problemOf(error)
    logger.error({ problem }, 'what is published does not fit this software: the file stands')
    return builtIn
  }
}
