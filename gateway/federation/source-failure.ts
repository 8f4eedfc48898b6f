import { problemOf } from '../problem-of.ts'
import type { maskErrors } from './source-errors.ts'

/** How a call to a source went wrong. */
export type FailureKind =
  /** No connection came about: not a byte was sent. */
  'NOT_REACHED' | 'TIMED_OUT' | 'FAILED'

/** A call to a source that brought nothing; says nothing that the source has said. */
export class SourceFailure extends Error {
  override readonly name = 'SourceFailure'
  readonly kind: FailureKind
  /** A code for the log: of the system, of the HTTP client, or our own. */
  readonly problem: string
  readonly status: number | undefined
  /** The source's own errors, masked, when these are all that it sent. */
  readonly errors: ReturnType<typeof maskErrors> | undefined

  constructor(
    kind: FailureKind,
    problem: string,
    more: { status?: number; errors?: ReturnType<typeof maskErrors> } = {},
  ) {
    super(problem)
    this.kind = kind
    this.problem = problem
    this.status = more.status
    this.errors = more.errors
  }
}

/** The client's errors for a connection that could not be made. */
const NOT_REACHED =
  /^(ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|EADDRNOTAVAIL|UND_ERR_CONNECT_TIMEOUT)$/

/** What the HTTP client threw, as a failure of the source. */
export function toSourceFailure(error: unknown, isLate: boolean): SourceFailure {
  if (error instanceof SourceFailure) return error
  const problem = problemOf(error)
  if (isLate) return new SourceFailure('TIMED_OUT', problem)
  if (NOT_REACHED.test(problem)) return new SourceFailure('NOT_REACHED', problem)
  return new SourceFailure(/TIMEOUT/.test(problem) ? 'TIMED_OUT' : 'FAILED', problem)
}
