import type { Verdict } from './verdict.ts'

/** One test of a run, and what it came to. */
export type TestResult = {
  readonly id: string
  readonly title: string
  readonly ms: number
} & Verdict

/** The tests of one group. */
export interface GroupResult {
  readonly name: string
  readonly title: string
  readonly results: readonly TestResult[]
}

/** What a run over one subgraph came to. */
export interface Report {
  readonly participant: string
  readonly participation: string
  readonly groups: readonly GroupResult[]
  readonly ms: number
}

/** How many tests came to what. */
export function countOf({ groups }: Pick<Report, 'groups'>, outcome: Verdict['outcome']): number {
  const results = groups.flatMap((group) => group.results)
  return results.filter((result) => result.outcome === outcome).length
}
