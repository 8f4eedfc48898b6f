import type { GraphQLSchema } from 'graphql'
import { LRUCache } from 'lru-cache'
import { readerOf } from './access/reader.ts'
import type { RoleGroup } from './access/roles.ts'
import type { PipelineRequest } from './pipeline.ts'
import { type RewrittenOperation, rewriteOperation } from './record/rewrite.ts'
import { sectionVariables } from './record/timeline/coverage.ts'
import type { Variables } from './record/values.ts'

/** What of a request its plan depends on, beside who asks. */
export type Plannable = Pick<PipelineRequest, 'document' | 'documentKey' | 'operationName'>

/** So many operations are kept. */
const MOST_PLANS = 1000

/**
 * The operation on the supergraph for a request, made once for each document, group of roles and choice
 * of a timeline's sections.
 */
export function createPlans(
  schema: GraphQLSchema,
): (request: Plannable, group: RoleGroup | null, variables: Variables) => RewrittenOperation {
  const plans = new LRUCache<string, RewrittenOperation>({ max: MOST_PLANS })
  return ({ document, documentKey, operationName }, group, variables) => {
    const chosen = sectionVariables(document).map((name) => chosenBy(variables[name]))
    const key = [documentKey, operationName ?? '', group ?? '', ...chosen].join(' ')
    const known = plans.get(key)
    if (known) return known
    const plan = rewriteOperation(schema, document, {
      operationName,
      reader: readerOf(group),
      variables,
    })
    plans.set(key, plan)
    return plan
  }
}

/** The same for the same sections, in whatever order. */
function chosenBy(value: unknown): string {
  return JSON.stringify(Array.isArray(value) ? [...new Set(value)].sort() : (value ?? null))
}
