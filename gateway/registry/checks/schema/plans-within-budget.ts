import { parse, validate } from 'graphql'
import type { UsedOperation } from '../../used-operation.ts'
import type { Finding } from '../check.ts'
import { type LoadedSupergraph, loadSupergraph } from './load-supergraph.ts'
import { findOverspending, MOST_TIMES_SLOWER } from './plan-budget.ts'
import { type CostPlanner, createCostPlanner, type PlanCost } from './plan-costs.ts'
import { summaryOperation } from './summary-operation.ts'

/** So many of the most used operations are planned beside the summary. */
const MOST_PLANNED = 10

/** So often both are timed until the quickest try is within the limit: a busy machine is no reason. */
const TRIES = 7

/**
 * The summary over all sections and the operations used most are planned with no more fetches from
 * any subgraph than now, and the participant is asked no oftener than any other; the planner weighs
 * no more plans than it can, and is not many times slower than on the supergraph in force.
 *
 * @param given.inForce null when there is none yet: then nothing is compared
 */
export function checkPlans(given: {
  /** The participant who publishes. */
  readonly code: string
  readonly supergraphSdl: string
  readonly inForce: string | null
  readonly used: readonly UsedOperation[]
}): Finding[] {
  const { code } = given
  const next = toPlannable(loadSupergraph(given.supergraphSdl))
  const now = given.inForce === null ? null : toPlannable(loadSupergraph(given.inForce))
  const summary = { name: 'Summary', text: summaryOperation(next.publicSchema) }
  const mostUsed = [...given.used].sort((a, b) => b.times - a.times).slice(0, MOST_PLANNED)
  return [summary, ...mostUsed].flatMap(({ name, text }) => {
    if (!isValid(next, text)) return []
    const planners = { next: next.planner, now: now && isValid(now, text) ? now.planner : null }
    const what = name ?? 'An operation without a name'
    return findOverspending({ code, what, ...measure(text, planners) })
  })
}

type Plannable = LoadedSupergraph & { readonly planner: CostPlanner }

function toPlannable(loaded: LoadedSupergraph): Plannable {
  return { ...loaded, planner: createCostPlanner(loaded) }
}

/** What an operation costs on both, with the quickest times that each was seen to take. */
function measure(
  text: string,
  planners: { readonly next: CostPlanner; readonly now: CostPlanner | null },
): { readonly next: PlanCost; readonly now: PlanCost | null } {
  let next = planners.next.plan(text)
  let now = planners.now?.plan(text) ?? null
  for (let tries = 1; planners.now && now && tries < TRIES; tries++) {
    if (next.timeMs <= MOST_TIMES_SLOWER * now.timeMs) break
    next = quicker(next, planners.next.plan(text))
    now = quicker(now, planners.now.plan(text))
  }
  return { next, now }
}

function quicker(one: PlanCost, other: PlanCost): PlanCost {
  return other.timeMs < one.timeMs ? other : one
}

function isValid({ publicSchema }: LoadedSupergraph, text: string): boolean {
  try {
    return validate(publicSchema, parse(text)).length === 0
  } catch {
    // A text that cannot be read any more is nobody's operation.
    return false
  }
}
