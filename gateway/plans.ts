import type { GraphQLSchema } from 'graphql'
import { LRUCache } from 'lru-cache'
import { readerOf } from './access/reader.ts'
import type { RoleGroup } from './access/roles.ts'
import type { PipelineRequest } from './pipeline.ts'
import { type RewrittenOperation, rewriteOperation } from './record/rewrite.ts'

/** So many operations are kept. */
const MOST_PLANS = 1000

/** The operation on the supergraph for a request, made once for each document and group of roles. */
export function createPlans(
  schema: GraphQLSchema,
): (request: PipelineRequest, group: RoleGroup | null) => RewrittenOperation {
  const plans = new LRUCache<string, RewrittenOperation>({ max: MOST_PLANS })
  return ({ document, documentKey, operationName }, group) => {
    const key = `${documentKey} ${operationName ?? ''} ${group ?? ''}`
    const known = plans.get(key)
    if (known) return known
    const plan = rewriteOperation(schema, document, operationName, readerOf(group))
    plans.set(key, plan)
    return plan
  }
}
