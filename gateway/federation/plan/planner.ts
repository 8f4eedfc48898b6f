import { operationFromDocument } from '@apollo/federation-internals'
import type { PlanNode, QueryPlanner } from '@apollo/query-planner'
import {
  type GraphQLSchema,
  getOperationAST,
  type OperationDefinitionNode,
  type SelectionNode,
} from 'graphql'
import { LRUCache } from 'lru-cache'
import { conditionsIn, conditionVariables } from '../../record/conditions.ts'
import { fragmentsOf } from '../../record/used-definitions.ts'
import { isIncluded, type Variables } from '../../record/values.ts'
import type { FederatedRequest } from '../types.ts'
import { compileShape, type ShapeData } from './shape-data.ts'

/** An operation with the calls that answer it and the form of its answer. */
export interface PlannedOperation {
  /** Null for an operation that no source has to be asked for. */
  readonly node: PlanNode | null
  readonly operation: OperationDefinitionNode
  /** What of the data that came is the answer, for these values of the variables. */
  shapeFor(variables: Variables): ShapeData
}

/** What tells one operation from another. */
export type Plannable = Pick<FederatedRequest, 'document' | 'documentKey' | 'operationName'>

/** Plans take so many bytes as text; the ones that were not asked for longest go first. */
const KEPT_BYTES = 30 * 1024 * 1024

/** So many shapes are kept for one operation: each condition doubles them. */
const KEPT_SHAPES = 32

/**
 * Plans operations with Apollo's planner, once for each operation.
 *
 * @param schema the supergraph's API schema
 * @returns throws GraphQLError for a document that the schema does not know
 */
export function createPlanner(
  planner: QueryPlanner,
  schema: GraphQLSchema,
): (operation: Plannable) => PlannedOperation {
  const apiSchema = planner.supergraph.apiSchema()
  const planned = new LRUCache<string, PlannedOperation>({
    maxSize: KEPT_BYTES,
    sizeCalculation: ({ node }) => JSON.stringify(node).length,
  })
  return (given) => {
    const { document, documentKey, operationName } = given
    const key = operationName === undefined ? documentKey : `${operationName} ${documentKey}`
    const known = planned.get(key)
    if (known) return known
    const operation = operationFromDocument(apiSchema, document, {
      ...(operationName !== undefined && { operationName }),
    })
    const { node } = planner.buildQueryPlan(operation)
    if (node?.kind === 'Subscription') throw new Error('A subscription is never answered')
    const made = { node: node ?? null, ...shapesOf(schema, given) }
    planned.set(key, made)
    return made
  }
}

function shapesOf(schema: GraphQLSchema, { document, operationName }: Plannable) {
  const operation = getOperationAST(document, operationName)
  const type = operation && schema.getRootType(operation.operation)
  if (!operation || !type) throw new Error('An operation was planned that the schema does not have')
  const conditions = conditionVariables(document)
  const fragments = fragmentsOf(document)
  const shapes = new Map<string, ShapeData>()
  return {
    operation,
    shapeFor(variables: Variables): ShapeData {
      const key = conditionsIn(conditions, operation, variables)
      const known = shapes.get(key)
      if (known) return known
      const scope = {
        schema,
        fragments,
        isIncluded: (node: SelectionNode) => isIncluded(node, operation, variables),
      }
      const shape = compileShape(scope, type, operation.selectionSet)
      if (shapes.size < KEPT_SHAPES) shapes.set(key, shape)
      return shape
    },
  }
}
