import { parse, validate } from 'graphql'
import type { UsedOperation } from '../../used-operation.ts'
import type { Finding } from '../check.ts'
import { type LoadedSupergraph, loadSupergraph } from './load-supergraph.ts'
import { type CostPlanner, createCostPlanner, type PlanCost } from './plan-costs.ts'
import { summaryOperation } from './summary-operation.ts'

/** So many of the most used operations are planned beside the summary. */
const MOST_PLANNED = 10

/** So many plans may be weighed for one operation, or twice as many as now. */
const MOST_EVALUATED = 64

/** How many times as long planning may take as now: one more participant costs a tenth. */
const MOST_TIMES_SLOWER = 4

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
  readonly code: string
  readonly supergraphSdl: string
  readonly inForce: string | null
  readonly used: readonly UsedOperation[]
}): Finding[] {
  const next = loadSupergraph(given.supergraphSdl)
  const now = given.inForce === null ? null : loadSupergraph(given.inForce)
  const planners = { next: createCostPlanner(next), now: now && createCostPlanner(now) }
  const summary = { name: 'Summary', text: summaryOperation(next.publicSchema) }
  const mostUsed = [...given.used].sort((a, b) => b.times - a.times).slice(0, MOST_PLANNED)
  return [summary, ...mostUsed].flatMap((operation) => {
    if (!isValid(next, operation.text)) return []
    const isKnown = now !== null && isValid(now, operation.text)
    const known = { next: planners.next, now: isKnown ? planners.now : null }
    return checkOperation(given.code, operation, known)
  })
}

interface Planners {
  readonly next: CostPlanner
  readonly now: CostPlanner | null
}

function checkOperation(
  code: string,
  { name, text }: Pick<UsedOperation, 'name' | 'text'>,
  planners: Planners,
): Finding[] {
  const what = name ?? 'an operation without a name'
  const next = planners.next.plan(text)
  const now = planners.now?.plan(text) ?? null
  const evaluated = Math.max(MOST_EVALUATED, 2 * (now?.evaluatedPlans ?? 0))
  return [
    ...tooManyFetches(code, what, { next, now }),
    ...(next.evaluatedPlans > evaluated
      ? [
          {
            where: null,
            message: `Planning ${what} would weigh ${next.evaluatedPlans} plans, where ${evaluated} are allowed${now ? ` and there are ${now.evaluatedPlans} now` : ''}.`,
            mend: 'Let each of your fields be answered in one place: by your own subgraph, under one key.',
          },
        ]
      : []),
    ...tooSlow(what, text, planners),
  ]
}

/** Nobody is asked oftener than now; who was not there, no oftener than the others. */
function tooManyFetches(
  code: string,
  what: string,
  { next, now }: { readonly next: PlanCost; readonly now: PlanCost | null },
): Finding[] {
  return [...next.fetches].flatMap(([subgraph, places]): Finding[] => {
    const known = now?.fetches.get(subgraph)?.length
    const others = [...next.fetches].filter(([name]) => name !== code && name !== subgraph)
    const allowed = known ?? Math.max(1, ...others.map(([, each]) => each.length))
    if (places.length <= allowed) return []
    return [
      {
        where: [...new Set(places)].join(', '),
        message: `${what} would ask ${subgraph} ${places.length} times for one patient, where ${allowed} ${allowed === 1 ? 'is' : 'are'} allowed.`,
        mend: 'Answer all that hangs on a record with the record: each further fetch waits for the one before it.',
      },
    ]
  })
}

function tooSlow(what: string, text: string, { next, now }: Planners): Finding[] {
  if (now === null) return []
  let quickest = { next: Number.POSITIVE_INFINITY, now: Number.POSITIVE_INFINITY }
  for (let tries = 0; tries < TRIES; tries++) {
    quickest = {
      next: Math.min(quickest.next, next.plan(text).timeMs),
      now: Math.min(quickest.now, now.plan(text).timeMs),
    }
    if (quickest.next <= MOST_TIMES_SLOWER * quickest.now) return []
  }
  return [
    {
      where: null,
      message: `Planning ${what} would take ${Math.round(quickest.next / quickest.now)} times as long as now, where ${MOST_TIMES_SLOWER} times are allowed.`,
      mend: 'Publish fewer ways to the same fields: fewer interfaces and unions, one key for each type.',
    },
  ]
}

function isValid({ publicSchema }: LoadedSupergraph, text: string): boolean {
  try {
    return validate(publicSchema, parse(text)).length === 0
  } catch {
    // A text that cannot be read any more is nobody's operation.
    return false
  }
}
