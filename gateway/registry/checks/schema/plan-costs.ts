import { operationFromDocument } from '@apollo/federation-internals'
import {
  type FetchNode,
  type PlanNode,
  QueryPlanner,
  type SubscriptionNode,
} from '@apollo/query-planner'
import { type DocumentNode, Kind, parse, type SelectionSetNode } from 'graphql'
import { rewriteOperation } from '../../../record/rewrite.ts'
import type { LoadedSupergraph } from './load-supergraph.ts'

/** One fetch of a plan. */
export interface PlannedFetch {
  /** Where its data belong, such as `patient.records.@`. */
  readonly path: string
  /** What it asks for there, as `Type.field` or the names of root fields. */
  readonly fields: readonly string[]
}

/** What it takes to plan an operation, and to execute the plan. */
export interface PlanCost {
  /** The fetches from each subgraph, by its name. */
  readonly fetches: ReadonlyMap<string, readonly PlannedFetch[]>
  /** How many plans were weighed against each other. */
  readonly evaluatedPlans: number
  /** In milliseconds; to be compared with another one of the same machine and minute alone. */
  readonly timeMs: number
}

/** Plans operations on one supergraph, as the gateway plans them, and keeps no plan. */
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
      const fetches = new Map<string, PlannedFetch[]>()
      if (node) noteFetches(node, [], fetches)
      const { evaluatedPlanCount = 0 } = planner.lastGeneratedPlanStatistics() ?? {}
      return { fetches, evaluatedPlans: evaluatedPlanCount, timeMs }
    },
  }
}

function noteFetches(
  node: PlanNode | SubscriptionNode,
  path: readonly (string | number)[],
  fetches: Map<string, PlannedFetch[]>,
): void {
  if (node.kind === 'Fetch') {
    const fetch = { path: path.join('.').replaceAll('lcr_', ''), fields: fieldsOf(node) }
    fetches.set(node.serviceName, [...(fetches.get(node.serviceName) ?? []), fetch])
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

function fieldsOf({ operation }: FetchNode): string[] {
  const [definition] = parse(operation, { noLocation: true }).definitions
  if (definition?.kind !== Kind.OPERATION_DEFINITION) return []
  const [first] = definition.selectionSet.selections
  const isEntities = first?.kind === Kind.FIELD && first.name.value === '_entities'
  const selections = isEntities ? first.selectionSet : definition.selectionSet
  return selections ? namesIn(selections, '') : []
}

function namesIn({ selections }: SelectionSetNode, prefix: string): string[] {
  const names = selections.flatMap((selection) => {
    if (selection.kind === Kind.FIELD) return [`${prefix}${selection.name.value}`]
    if (selection.kind === Kind.FRAGMENT_SPREAD) return []
    const type = selection.typeCondition?.name.value
    return namesIn(selection.selectionSet, type === undefined ? prefix : `${type}.`)
  })
  return [...new Set(names)].filter((name) => !name.endsWith('__typename'))
}
