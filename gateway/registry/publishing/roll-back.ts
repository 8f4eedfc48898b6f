import { readContractSdl } from '../../../subgraphs/kit/schema/contract.ts'
import { type CheckName, type CheckResult, isPassed } from '../checks/check.ts'
import { inThread } from '../in-thread.ts'
import { findPublication, findPublishedBefore } from '../store/publications.ts'
import type { Publisher } from '../store/publishers.ts'
import { addVersion, findNewestVersion } from '../store/versions.ts'
import type { Version, VersionMember } from '../version.ts'
import { judgeOffer } from './judge-offer.ts'
import { asData, memberOf, othersOf } from './members-of.ts'
import type { PublishingParts } from './parts.ts'
import { ATTEMPTS } from './publish-offer.ts'
import { PublishingError } from './publishing-error.ts'

/** What a participant went back to. */
export interface RolledBack {
  readonly version: number
  /** Null when it had published nothing by then. */
  readonly publication: string | null
  /** What the checks say of it; some of that keeps nobody from going back. */
  readonly results: readonly CheckResult[]
}

/** What keeps a participant from going back: what it would do to others. */
const PROTECTING: readonly CheckName[] = [
  'parses',
  'implements-contract',
  'participation',
  'namespace',
  'composes',
]

/**
 * Puts an earlier publication of a participant in force again: who has a folder in this project may go
 * back to that, others may leave the graph. What would harm others keeps it from that, and the rest of
 * what the checks say is told.
 *
 * @param to a publication's id; the one before the present one, when left out
 * @throws {PublishingError} NOTHING_TO_GO_BACK_TO, NO_SUCH_PUBLICATION, DOES_NOT_FIT, CHANGED_MEANWHILE
 */
export async function rollBack(
  parts: PublishingParts,
  publisher: Publisher,
  to?: string,
): Promise<RolledBack> {
  const { db, builtIn, clock } = parts
  const { participant: code, name } = publisher
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const newest = await findNewestVersion(db, builtIn)
    const publication = to ?? (await publicationBefore(parts, newest, code))
    const back =
      publication === null
        ? await toTheBeginning(parts, publisher, newest)
        : await toPublication(parts, publisher, { publication, newest })
    const version = {
      base: builtIn.base,
      supergraphSdl: back.supergraphSdl,
      members: back.members,
      cause: `${code} rolled back ${publication === null ? 'to the beginning' : `to ${publication}`}`,
      madeBy: name,
      madeAt: clock(),
    }
    const number = await db
      .transaction()
      .execute((transaction) => addVersion(transaction, version, newest.number))
    if (number !== null) return { version: number, publication, results: back.results }
  }
  throw new PublishingError('CHANGED_MEANWHILE')
}

/** What a participant published before what it has in force now; null for nothing of its own. */
async function publicationBefore(
  { db }: PublishingParts,
  { members }: Version,
  code: string,
): Promise<string | null> {
  const present = members.find(({ participant }) => participant.code === code)?.publication
  if (!present) throw new PublishingError('NOTHING_TO_GO_BACK_TO')
  return findPublishedBefore(db, code, present)
}

interface Back {
  readonly members: readonly VersionMember[]
  readonly supergraphSdl: string
  readonly results: readonly CheckResult[]
}

async function toTheBeginning(
  { builtIn }: PublishingParts,
  publisher: Publisher,
  newest: Version,
): Promise<Back> {
  const own = builtIn.members.filter(
    ({ participant }) => participant.code === publisher.participant,
  )
  const members = [...othersOf(newest, publisher), ...own]
  const contractSdl = await readContractSdl()
  const supergraphSdl = await inThread({
    kind: 'compose',
    members: members.map(asData),
    contractSdl,
  })
  return { members, supergraphSdl, results: [] }
}

async function toPublication(
  parts: PublishingParts,
  publisher: Publisher,
  { publication, newest }: { readonly publication: string; readonly newest: Version },
): Promise<Back> {
  const offer = await findPublication(parts.db, publisher.participant, publication)
  if (offer?.outcome !== 'PUBLISHED') throw new PublishingError('NO_SUCH_PUBLICATION')
  const { results, supergraphSdl } = await judgeOffer(parts, { publisher, offer, newest })
  const harms = results.filter(({ check }) => PROTECTING.includes(check))
  if (supergraphSdl === null || !isPassed(harms)) throw new PublishingError('DOES_NOT_FIT', harms)
  const { sdl, url } = offer
  const own = await memberOf(parts, publisher, { sdl, url, publication })
  return { members: [...othersOf(newest, publisher), own], supergraphSdl, results }
}
