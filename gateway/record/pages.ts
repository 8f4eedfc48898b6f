import { GraphQLError, type OperationDefinitionNode, type ValueNode } from 'graphql'
import { fromCursor, type Position, toCursor } from '../../subgraphs/kit/position.ts'
import type { RewrittenOperation } from './rewrite.ts'
import { readValue, type Variables } from './values.ts'

/** The most entries that a source gives at a time, and that a client may ask of a section. */
export const PAGE_LIMIT = 500

/** The paging arguments of a merged field as the client wrote them, and the variables made of them. */
export interface PageArguments {
  readonly section: string
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
  const first = value(page.first) ?? page.defaultFirst
  if (first !== null && !isPageSize(first, page.most)) {
    throw invalid(page, 'first', `must be a whole number from 1 to ${page.most}`)
  }
  const cursor = value(page.after) ?? null
  const after = typeof cursor === 'string' ? fromCursor(cursor) : null
  if (cursor !== null && after === null) {
    throw invalid(page, 'after', 'must be a cursor that this section gave')
  }
  return { first, after }
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

function isPageSize(value: unknown, most: number): value is number {
  return Number.isInteger(value) && Number(value) >= 1 && Number(value) <= most
}

function invalid(page: PageArguments, argument: 'first' | 'after', rule: string): GraphQLError {
  return new GraphQLError(`The argument "${argument}" of "${page.section}" ${rule}.`, {
    nodes: page[argument],
    extensions: { code: 'BAD_USER_INPUT' },
  })
}
