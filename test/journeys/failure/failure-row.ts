/** One row of docs/failure.md: a fault, and what is seen of it. */
export interface FailureRow {
  readonly fault: string
  /** What a client sees. */
  readonly client: string
  /** What the audit trail holds. */
  readonly audit: string
  /** Until the answer. */
  readonly time: string
  /** The file of the test that shows it. */
  readonly test: string
}
