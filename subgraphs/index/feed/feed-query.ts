import {
  buildASTSchema,
  type DocumentNode,
  type GraphQLNamedType,
  getNamedType,
  isObjectType,
} from 'graphql'

/** How many patients a page holds. */
const PAGE = 500

/**
 * Editions of the feed, the newest last: the first participants told of no objections, later ones of no
 * links between numbers, no other names and no referrers, and then nothing of servers that have different
 * people. A participant is asked in the newest that its schema has.
 */
export const feedEditions = ['FIRST', 'OBJECTIONS', 'LINKS', 'SERVERS'] as const

export type FeedEdition = (typeof feedEditions)[number]

/** The fields of Demographics that came with an edition. */
const NEW_NAMES: ReadonlySet<string> = new Set(['otherNames', 'formerNames'])

/**
 * The operation that reads one page of a participant's feed: all demographics that the contract knew in
 * an edition, under the response key `feed`.
 */
export function feedQuery(
  code: string,
  contract: DocumentNode,
  edition: FeedEdition = 'SERVERS',
): string {
  const hasLinks = isSince('LINKS', edition)
  return `query IndexFeed($after: String) {
  feed: ${code}Feed(after: $after, first: ${PAGE}) {
    changes {
      nhsNumber holdsRecord isSensitive supersededBy asOf
      ${isSince('OBJECTIONS', edition) ? 'objection' : ''} ${hasLinks ? 'supersedes' : ''}
      demographics ${demographicsOf(contract, edition)}
      relationships {
        odsCode kind startsAt endsAt evidence ${hasLinks ? 'referrer recordedAt' : ''}
      }
      ${isSince('SERVERS', edition) ? serversOf(contract) : ''}
    }
    cursor
    hasMore
  }
}`
}

function serversOf(contract: DocumentNode): string {
  return `servers {
        server holdsRecord isSensitive supersededBy supersedes
        demographics ${demographicsOf(contract, 'SERVERS')}
      }`
}

/** Whether an edition has what came with another. */
function isSince(other: FeedEdition, edition: FeedEdition): boolean {
  return feedEditions.indexOf(edition) >= feedEditions.indexOf(other)
}

/** A feed is read every few seconds, and the contract is always the same one. */
const known = new WeakMap<DocumentNode, Map<FeedEdition, string>>()

function demographicsOf(contract: DocumentNode, edition: FeedEdition): string {
  const selections = known.get(contract) ?? new Map<FeedEdition, string>()
  const selection =
    selections.get(edition) ??
    selectionOf(
      buildASTSchema(contract).getType('Demographics'),
      (field) => isSince('LINKS', edition) || !NEW_NAMES.has(field),
    )
  known.set(contract, selections.set(edition, selection))
  return selection
}

/** Every field below a type; the contract's value types never lead back to themselves. */
function selectionOf(
  type: GraphQLNamedType | undefined,
  isWanted: (field: string) => boolean,
): string {
  if (!isObjectType(type)) return ''
  const fields = Object.values(type.getFields())
    .filter((field) => isWanted(field.name))
    .map((field) => `${field.name} ${selectionOf(getNamedType(field.type), isWanted)}`)
  return `{ ${fields.join(' ')} }`
}
