/** The name of a check; in this order they are told. */
export type CheckName =
  | 'parses'
  | 'implements-contract'
  | 'participation'
  | 'namespace'
  | 'composes'
  | 'keeps-operations'
  | 'plans-within-budget'
  | 'answers'
  | 'speaks-the-schema'
  | 'refuses-unsigned'
  | 'keeps-deadline'

/** What a check finds wrong. */
export interface Finding {
  /** A type, a field or a place in the text; null where the whole is meant. */
  readonly where: string | null
  /** What is wrong, in one sentence. */
  readonly message: string
  /** What to do about it, in one sentence. */
  readonly mend: string
}

/** One thing that is wrong, and the check that found it. */
export interface Problem extends Finding {
  readonly check: CheckName
}

/** What a check came to; it is passed when it has no problems and was not skipped. */
export interface CheckResult {
  readonly check: CheckName
  readonly problems: readonly Problem[]
  /** What is worth knowing and keeps nobody from publishing. */
  readonly notes?: readonly string[]
  /** Why it could not be made. */
  readonly skipped?: string
}

/** The result of a check that was made. */
export function resultOf(
  check: CheckName,
  findings: readonly Finding[],
  notes: readonly string[] = [],
): CheckResult {
  const problems = findings.map((finding) => ({ check, ...finding }))
  return { check, problems, ...(notes.length > 0 && { notes }) }
}

/** The result of a check that could not be made. */
export function skippedResult(check: CheckName, why: string): CheckResult {
  return { check, problems: [], skipped: why }
}

/** True when nothing is wrong: what was skipped for want of something to compare with does no harm. */
export function isPassed(results: readonly CheckResult[]): boolean {
  return results.every(({ problems }) => problems.length === 0)
}
