import type { OperationDefinitionNode, ValueNode } from 'graphql'
import { type Position, toCursor } from '../../subgraphs/kit/position.ts'
import { PAGE_LIMIT, readAfter, readFirst } from '../../subgraphs/kit/reading/arguments.ts'
import type { RewrittenOperation } from './rewrite.ts'
import { readValue, type Variables } from './values.ts'

/** The paging arguments of a merged field as the client wrote them, and the variables made of them. */
export interface PageArguments {
  readonly first: ValueNode | null
  readonly after: ValueNode | null
  readonly defaultFirst: number | null
  /** The most entries that a client may ask for. */
  readonly most: number
  readonly firstVariable: string
  readonly afterVariable: string
}

/** What part of a section a request asks for. */
export interface Page {
  /** At most so many entries; null for all of them. */
  readonly first: number | null
  /** Only entries behind this place; null for the beginning. */
  readonly after: Position | null
}

/**
 * The page that a merged field asks for.
 *
 * @throws GraphQLError BAD_USER_INPUT that names the argument
 */
export function pageOf(
  page: PageArguments,
  operation: OperationDefinitionNode,
  variables: Variables,
): Page {
  const value = (node: ValueNode | null) => (node ? readValue(node, operation, variables) : null)
  return {
    first: readFirst(value(page.first), page.defaultFirst, page.most),
    after: readAfter(value(page.after)),
  }
}

/**
 * The variables of the federated document: the client's that it still uses, and for every merged
 * field how many entries each source is asked for and behind which place. One entry more than the
 * page holds, so that the last group of the page is known to its end
 * (docs/decisions/0002-merging-and-paging.md).
 *
 * @throws GraphQLError BAD_USER_INPUT that names the argument
 */
export function sourceVariables(
  rewritten: RewrittenOperation,
  variables: Variables,
): Record<string, unknown> {
  const values: Record<string, unknown> = {}
  for (const name of rewritten.clientVariables) {
    if (Object.hasOwn(variables, name)) values[name] = variables[name]
  }
  for (const page of rewritten.pages) {
    const { first, after } = pageOf(page, rewritten.plan.operation, variables)
    values[page.firstVariable] = first === null ? null : Math.min(first + 1, PAGE_LIMIT)
    values[page.afterVariable] = after === null ? null : toCursor(after)
  }
  return values
}
