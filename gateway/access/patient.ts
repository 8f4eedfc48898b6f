import type { ErrorCode } from '../errors.ts'
import { isInForce, type Relationship } from './relationships.ts'

/** Why a caller may see a patient: a relationship of the organisation, or the caller's own emergency claim. */
export interface Grounds {
  readonly kind: Relationship['kind'] | 'EMERGENCY_CLAIM'
  /** The resource that shows the relationship, or the claim's id. */
  readonly evidence: string
}

/** What is known when the decision is made. */
export interface PatientFacts {
  /** Of the caller's organisation with the patient, in force or not. */
  readonly relationships: readonly Relationship[]
  /** The id of the caller's open claim for the patient. */
  readonly emergencyClaim: string | null
  readonly objectionInForce: boolean
  readonly now: Date
}

export type PatientDecision =
  | { readonly permitted: true; readonly grounds: Grounds }
  | { readonly permitted: false; readonly code: ErrorCode }

/**
 * Whether a caller may see a patient: questions 6 and 7. Without grounds nobody learns anything, of an
 * objection neither; a claim is grounds, and no way around an objection.
 */
export function decidePatient(facts: PatientFacts): PatientDecision {
  const grounds = groundsOf(facts)
  if (!grounds) return { permitted: false, code: 'NO_LEGITIMATE_RELATIONSHIP' }
  if (facts.objectionInForce) return { permitted: false, code: 'OBJECTION_IN_FORCE' }
  return { permitted: true, grounds }
}

function groundsOf({ relationships, emergencyClaim, now }: PatientFacts): Grounds | null {
  const found = relationships.find((relationship) => isInForce(relationship, now))
  if (found) return { kind: found.kind, evidence: found.evidence }
  return emergencyClaim === null ? null : { kind: 'EMERGENCY_CLAIM', evidence: emergencyClaim }
}
