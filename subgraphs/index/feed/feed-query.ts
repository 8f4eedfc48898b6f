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
  const demographics = selectionOf(buildASTSchema(contract).getType('Demographics'))
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

/** Every field below a type; the contract's value types never lead back to themselves. */
function selectionOf(type: GraphQLNamedType | undefined): string {
  if (!isObjectType(type)) return ''
  const fields = Object.values(type.getFields()).map(
    (field) => `${field.name} ${selectionOf(getNamedType(field.type))}`,
  )
  return `{ ${fields.join(' ')} }`
}
