import { operationFromDocument } from '@apollo/federation-internals'
import { type PlanNode, QueryPlanner, type SubscriptionNode } from '@apollo/query-planner'
import { type DocumentNode, parse } from 'graphql'
import { rewriteOperation } from '../../../record/rewrite.ts'
import type { LoadedSupergraph } from './load-supergraph.ts'

/** What it takes to plan an operation, and to execute the plan. */
export interface PlanCost {
  /** Where each subgraph is asked, once for every fetch: paths such as `patient.lcr_records.@`. */
  readonly fetches: ReadonlyMap<string, readonly string[]>
  /** How many plans were weighed against each other. */
  readonly evaluatedPlans: number
  /** In milliseconds; to be compared with another one of the same machine and minute alone. */
  readonly timeMs: number
}

/** Plans operations on one supergraph, as the gateway plans them, without keeping a plan. */
export interface CostPlanner {
  /** @throws when the operation is not valid against the public schema */
  plan(text: string): PlanCost
}

/** A planner over a supergraph, with the settings of the gateway's own. */
export function createCostPlanner({ supergraph, publicSchema }: LoadedSupergraph): CostPlanner {
  const planner = new QueryPlanner(supergraph)
  const apiSchema = supergraph.apiSchema()
  const rewritten = new Map<string, DocumentNode>()
  return {
    plan(text) {
      const document = rewritten.get(text) ?? rewriteOperation(publicSchema, parse(text)).document
      rewritten.set(text, document)
      const operation = operationFromDocument(apiSchema, document)
      const started = performance.now()
      const { node } = planner.buildQueryPlan(operation)
      const timeMs = performance.now() - started
      const fetches = new Map<string, string[]>()
      if (node) noteFetches(node, [], fetches)
      const { evaluatedPlanCount = 0 } = planner.lastGeneratedPlanStatistics() ?? {}
      return { fetches, evaluatedPlans: evaluatedPlanCount, timeMs }
    },
  }
}

function noteFetches(
  node: PlanNode | SubscriptionNode,
  path: readonly (string | number)[],
  fetches: Map<string, string[]>,
): void {
  if (node.kind === 'Fetch') {
    const { serviceName } = node
    fetches.set(serviceName, [...(fetches.get(serviceName) ?? []), path.join('.')])
    return
  }
  const below = node.kind === 'Flatten' ? [...path, ...node.path] : path
  for (const child of childrenOf(node)) noteFetches(child, below, fetches)
}

function childrenOf(node: Exclude<PlanNode, { kind: 'Fetch' }> | SubscriptionNode): PlanNode[] {
  if (node.kind === 'Sequence' || node.kind === 'Parallel') return node.nodes
  if (node.kind === 'Flatten') return [node.node]
  const parts =
    node.kind === 'Condition'
      ? [node.ifClause, node.elseClause]
      : node.kind === 'Defer'
        ? [node.primary.node, ...node.deferred.map((each) => each.node)]
        : [node.primary, node.rest]
  return parts.filter((part) => part !== undefined)
}
