/** What a test came to. */
export type Verdict =
  | { readonly outcome: 'PASSED' }
  | { readonly outcome: 'SKIPPED'; readonly why: string }
  | ({ readonly outcome: 'FAILED' } & Failure)

/** What is wrong: in words of the contract and counts, never in values of a record. */
export interface Failure {
  readonly expected: string
  readonly came: string
  /** What to change in the subgraph. */
  readonly mend: string
}

/** All is as the contract has it. */
export const PASSED: Verdict = { outcome: 'PASSED' }

/** Nothing could be said, for want of what the test looks at. */
export function skipped(why: string): Verdict {
  return { outcome: 'SKIPPED', why }
}

/** The first thing that is not as the contract has it. */
export function failed(failure: Failure): Verdict {
  return { outcome: 'FAILED', ...failure }
}

/** The first verdict that is no pass; a pass where there is none. */
export function firstWrong(verdicts: readonly Verdict[]): Verdict {
  return verdicts.find(({ outcome }) => outcome === 'FAILED') ?? PASSED
}
