import { isPassed } from '../checks/check.ts'
import { addPublication } from '../store/publications.ts'
import type { Publisher } from '../store/publishers.ts'
import { addVersion, findNewestVersion } from '../store/versions.ts'
import type { Version } from '../version.ts'
import { type CheckedOffer, judgeOffer } from './judge-offer.ts'
import { memberOf, othersOf } from './members-of.ts'
import type { Offer, PublishingParts } from './parts.ts'
import { PublishingError } from './publishing-error.ts'

/** What became of an offer that was to be published. */
export interface PublishedOffer extends CheckedOffer {
  /** As history knows it: the one in force where the offer was the same. */
  readonly publication: string
  /** The supergraph that it is in force with; null when it was refused. */
  readonly version: number | null
  /** True when the same was in force already. */
  readonly isUnchanged: boolean
}

/** When somebody else publishes in between, the checks are made again, so often. */
export const ATTEMPTS = 3

/**
 * Makes every check of an offer, and a new supergraph when all pass. Either way it is written down.
 *
 * @throws {PublishingError} NOT_ADMITTED, or CHANGED_MEANWHILE when others keep publishing
 */
export async function publishOffer(
  parts: PublishingParts,
  publisher: Publisher,
  offer: Offer,
): Promise<PublishedOffer> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const newest = await findNewestVersion(parts.db, parts.builtIn)
    const same = publicationInForce(newest, publisher, offer)
    if (same !== null) {
      const { number: version } = newest
      return { passed: true, results: [], isUnchanged: true, publication: same, version }
    }
    const judged = await judgeOffer(parts, { publisher, offer, newest })
    const written = await write(parts, { publisher, offer, newest, ...judged })
    if (written) {
      const passed = written.version !== null
      return { passed, results: judged.results, isUnchanged: false, ...written }
    }
  }
  throw new PublishingError('CHANGED_MEANWHILE')
}

/** Null when another version came in between: then nothing is written. */
async function write(
  parts: PublishingParts,
  made: {
    readonly publisher: Publisher
    readonly offer: Offer
    readonly newest: Version
  } & Awaited<ReturnType<typeof judgeOffer>>,
): Promise<Pick<PublishedOffer, 'publication' | 'version'> | null> {
  const { db, builtIn, clock } = parts
  const { publisher, offer, newest, results, supergraphSdl } = made
  const passes = isPassed(results) && supergraphSdl !== null
  const about = { participant: publisher.participant, publishedBy: publisher.name }
  const written = db.transaction().execute(async (transaction) => {
    const publication = await addPublication(transaction, {
      ...about,
      ...offer,
      outcome: passes ? 'PUBLISHED' : 'REFUSED',
      results,
      publishedAt: clock(),
    })
    if (!passes) return { publication, version: null }
    const own = await memberOf(parts, publisher, { ...offer, publication })
    const version = {
      base: builtIn.base,
      supergraphSdl,
      members: [...othersOf(newest, publisher), own],
      cause: `${publisher.participant} published ${publication}`,
      madeBy: publisher.name,
      madeAt: clock(),
    }
    const number = await addVersion(transaction, version, newest.number)
    if (number === null) throw new Overtaken()
    return { publication, version: number }
  })
  return written.catch((error) => {
    if (error instanceof Overtaken) return null
    throw error
  })
}

class Overtaken extends Error {}

function publicationInForce(
  { members }: Version,
  { participant: code }: Publisher,
  { sdl, url }: Offer,
): string | null {
  const own = members.find(({ participant }) => participant.code === code)
  return own?.sdl === sdl && own.url === url ? own.publication : null
}
