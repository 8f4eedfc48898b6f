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
 * The operation that reads one page of a participant's feed: all demographics that the contract
 * knows, under the response key `feed`. Participants whose schema is older know of no objections.
 */
export function feedQuery(
  code: string,
  contract: DocumentNode,
  { withObjections = true }: { readonly withObjections?: boolean } = {},
): string {
  const demographics = demographicsOf(contract)
  return `query IndexFeed($after: String) {
  feed: ${code}Feed(after: $after, first: ${PAGE}) {
    changes {
      nhsNumber holdsRecord isSensitive supersededBy asOf ${withObjections ? 'objection' : ''}
      demographics ${demographics}
      relationships { odsCode kind startsAt endsAt evidence }
    }
    cursor
    hasMore
  }
}`
}

/** A feed is read every few seconds, and the contract is always the same one. */
const known = new WeakMap<DocumentNode, string>()

function demographicsOf(contract: DocumentNode): string {
  const selection =
    known.get(contract) ?? selectionOf(buildASTSchema(contract).getType('Demographics'))
  known.set(contract, selection)
  return selection
}

/** Every field below a type; the contract's value types never lead back to themselves. */
function selectionOf(type: GraphQLNamedType | undefined): string {
  if (!isObjectType(type)) return ''
  const fields = Object.values(type.getFields()).map(
    (field) => `${field.name} ${selectionOf(getNamedType(field.type))}`,
  )
  return `{ ${fields.join(' ')} }`
}
