import type { Caller } from '../identity/caller.ts'

/** What one operation on governance runs with: who asks, and what the index knows of the patient. */
export interface GovernanceContext {
  readonly caller: Caller
  readonly requestId: string
  /** A relationship, in force, of the caller's own organisation with the patient; null without one. */
  relationshipOf(nhsNumber: string): Promise<{ readonly kind: string } | null>
  /** Whether a participant has ever told of the patient. */
  isKnownTo(participantCode: string, nhsNumber: string): Promise<boolean>
  /** Every number of the same person, this one and superseded ones included. */
  linkedNumbers(nhsNumber: string): Promise<readonly string[]>
}
