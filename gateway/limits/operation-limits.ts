import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql'
import { errorCatalogue } from '../errors.ts'
import type { ReadOperation } from '../operation/read-operation.ts'
import { createMeasure, type OperationSize, USUAL_PAGE } from './operation-size.ts'

/**
 * How much one operation may ask for: several times what a whole record takes, so that no screen of a
 * record comes near, and far from what would keep others waiting.
 */
const ALLOWED = {
  /** Each is an event of the audit trail. */
  rootFields: 20,
  depth: 25,
  aliases: 200,
  fields: 10_000,
  /** Of all pages together, from each source: two and a half times all sections at their longest. */
  entries: 20_000,
} as const

const WORDS: Readonly<Record<keyof typeof ALLOWED, string>> = {
  rootFields: 'root fields',
  depth: 'levels of fields',
  aliases: 'aliases',
  fields: 'fields',
  entries: 'entries on all pages together',
}

/**
 * Refuses operations that multiply work. Measured once for each document, as long as it is kept.
 *
 * @returns the error OPERATION_TOO_LARGE, which says which limit and how much is allowed; else null
 */
export function createOperationLimits(
  schema: GraphQLSchema,
): (
  document: DocumentNode,
  read: Pick<ReadOperation, 'operation' | 'variables'>,
) => GraphQLError | null {
  const measure = createMeasure(schema)
  const known = new WeakMap<OperationDefinitionNode, OperationSize>()
  return (document, { operation, variables }) => {
    const size = known.get(operation) ?? measure(document, operation)
    known.set(operation, size)
    const asked = { ...size, entries: entriesOf(size, variables) }
    const over = limits.find((limit) => asked[limit] > ALLOWED[limit])
    return over === undefined ? null : tooLarge(over)
  }
}

const limits = Object.keys(ALLOWED) as (keyof typeof ALLOWED)[]

function entriesOf(
  { entries, pagesOfVariable }: OperationSize,
  variables: ReadOperation['variables'],
): number {
  let sum = entries
  for (const [name, pages] of pagesOfVariable) {
    const length = variables[name]
    sum += pages * (typeof length === 'number' && length > 0 ? length : USUAL_PAGE)
  }
  return sum
}

function tooLarge(limit: keyof typeof ALLOWED): GraphQLError {
  const allowed = ALLOWED[limit]
  const { text, status } = errorCatalogue.OPERATION_TOO_LARGE
  return new GraphQLError(`${text} At most ${allowed} ${WORDS[limit]} are allowed.`, {
    extensions: { code: 'OPERATION_TOO_LARGE', limit, allowed, http: { status } },
  })
}
