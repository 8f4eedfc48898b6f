import type { OperationType } from '../store/tables.ts'

/** An operation as it is registered: without values, and found again by its digest. */
export interface CheckedOperation {
  /** SHA-256 of the text, in hexadecimal. */
  readonly digest: string
  readonly text: string
  readonly name: string
  readonly type: OperationType
  /** As the team's manifest calls it. */
  readonly manifestId: string
}

/** An operation that a team registered, and when. */
export interface RegisteredOperation extends CheckedOperation {
  readonly team: string
  readonly registeredAt: Date
}
