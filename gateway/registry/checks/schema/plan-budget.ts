import type { Finding } from '../check.ts'
import type { PlanCost } from './plan-costs.ts'

/** So many plans may be weighed for one operation, or twice as many as now. */
const MOST_EVALUATED = 64

/** How many times as long planning may take as now: one more participant costs a tenth. */
export const MOST_TIMES_SLOWER = 4

/** So many fields of a fetch too many are named. */
const MOST_NAMED = 3

/** What one operation costs, with the new supergraph and with the one in force. */
export interface ComparedCosts {
  /** The participant who publishes. */
  readonly code: string
  /** The operation's name. */
  readonly what: string
  readonly next: PlanCost
  /** Null when there is nothing to compare with. */
  readonly now: PlanCost | null
}

/** Where an operation would cost more than it may. */
export function findOverspending(costs: ComparedCosts): Finding[] {
  return [...tooManyFetches(costs), ...tooManyPlans(costs), ...tooSlow(costs)]
}

/** Nobody is asked oftener than now; and who publishes for the first time, no oftener than the others. */
function tooManyFetches({ code, what, next, now }: ComparedCosts): Finding[] {
  return [...next.fetches].flatMap(([subgraph, fetches]): Finding[] => {
    const known = now?.fetches.get(subgraph)?.length
    if (known === undefined && subgraph !== code) return []
    const others = [...next.fetches].filter(([name]) => name !== code)
    const allowed = known ?? Math.max(1, ...others.map(([, each]) => each.length))
    if (fetches.length <= allowed) return []
    const [tooMany] = fetches.slice(allowed)
    const fields = (tooMany?.fields ?? []).slice(0, MOST_NAMED).join(', ')
    return [
      {
        where: fields === '' ? (tooMany?.path ?? null) : fields,
        message: `${what} would ask ${subgraph} ${fetches.length} times for one patient, where ${allowed} ${allowed === 1 ? 'is' : 'are'} allowed.`,
        mend: 'Answer all that hangs on a record with the record: each further fetch waits for the one before it.',
      },
    ]
  })
}

function tooManyPlans({ what, next, now }: ComparedCosts): Finding[] {
  const allowed = Math.max(MOST_EVALUATED, 2 * (now?.evaluatedPlans ?? 0))
  if (next.evaluatedPlans <= allowed) return []
  return [
    {
      where: null,
      message: `Planning ${what} would weigh ${next.evaluatedPlans} plans against each other, where ${allowed} are allowed.`,
      mend: 'Let each of your fields be answered in one place: by your own subgraph, under one key.',
    },
  ]
}

function tooSlow({ what, next, now }: ComparedCosts): Finding[] {
  if (now === null || next.timeMs <= MOST_TIMES_SLOWER * now.timeMs) return []
  return [
    {
      where: null,
      message: `Planning ${what} would take ${Math.round(next.timeMs / now.timeMs)} times as long as now, where ${MOST_TIMES_SLOWER} times are allowed.`,
      mend: 'Publish fewer ways to the same fields: fewer interfaces and unions, one key for each type.',
    },
  ]
}
