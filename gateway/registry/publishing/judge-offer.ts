import { readContractSdl } from '../../../subgraphs/kit/schema/contract.ts'
import { type CheckResult, isPassed, resultOf } from '../checks/check.ts'
import { checkService } from '../checks/check-service.ts'
import type { Publication } from '../checks/publication.ts'
import { checkParses } from '../checks/schema/parses.ts'
import { inThread } from '../in-thread.ts'
import { findOperationsInUse } from '../operations/find-operations-in-use.ts'
import type { Publisher } from '../store/publishers.ts'
import { findNewestVersion } from '../store/versions.ts'
import type { Version } from '../version.ts'
import { asData, memberOf, othersOf } from './members-of.ts'
import type { Offer, PublishingParts } from './parts.ts'

/** What the checks say of an offer. */
export interface CheckedOffer {
  readonly passed: boolean
  readonly results: readonly CheckResult[]
}

/**
 * Makes every check of an offer and changes nothing.
 *
 * @throws {PublishingError} NOT_ADMITTED
 */
export async function checkOffer(
  parts: PublishingParts,
  publisher: Publisher,
  offer: Offer,
): Promise<CheckedOffer> {
  const newest = await findNewestVersion(parts.db, parts.builtIn)
  const { results } = await judgeOffer(parts, { publisher, offer, newest })
  return { passed: isPassed(results), results }
}

/** What the checks say of an offer, and the supergraph that it would be; null when it does not compose. */
export async function judgeOffer(
  parts: PublishingParts,
  asked: { readonly publisher: Publisher; readonly offer: Offer; readonly newest: Version },
): Promise<{ readonly results: readonly CheckResult[]; readonly supergraphSdl: string | null }> {
  const { publisher, offer, newest } = asked
  const publication = asData(await memberOf(parts, publisher, { ...offer, publication: null }))
  const schema = async () =>
    inThread({
      kind: 'check',
      input: {
        publication,
        others: othersOf(newest, publisher).map(asData),
        contractSdl: await readContractSdl(),
        inForce: newest.supergraphSdl,
        usedOperations: await findOperationsInUse(parts),
      },
    })
  const [{ results, supergraphSdl }, ofService] = await Promise.all([
    schema(),
    judgeService(parts, publisher, publication),
  ])
  return { results: [...results, ...ofService], supergraphSdl }
}

async function judgeService(
  { service }: PublishingParts,
  publisher: Publisher,
  publication: Publication,
): Promise<readonly CheckResult[]> {
  if (!isAtHome(publisher, publication.url)) return [resultOf('answers', [elsewhere(publisher)])]
  // There is nothing yet that it could speak.
  if (checkParses(publication.sdl).findings.length > 0) return []
  return checkService(publication, service)
}

/** A stolen token sends nobody's questions elsewhere: it is bound to where the participant's servers are. */
function isAtHome({ origins }: Publisher, url: string): boolean {
  return URL.canParse(url) && origins.includes(new URL(url).origin)
}

function elsewhere({ origins }: Publisher) {
  return {
    where: 'url',
    message: `This publisher's subgraph may be at ${origins.join(' or ')} alone.`,
    mend: "Publish it there, or ask the gateway's operator for a token with another --origin.",
  }
}
