import type { ErrorCode } from '../errors.ts'
import { countingRelationships, type Judging } from './counting.ts'
import { isInForce, type Relationship } from './relationships.ts'

/** Why a caller may see a patient: a relationship of the organisation, or the caller's own emergency claim. */
export interface Grounds {
  readonly kind: Relationship['kind'] | 'EMERGENCY_CLAIM'
  /** The resource that shows the relationship, or the claim's id. */
  readonly evidence: string
}

/** What is known when the decision is made. */
export interface PatientFacts extends Judging {
  /** The caller's organisation. */
  readonly odsCode: string
  /** With the patient: the organisation's, in force or not, and what it takes to tell which count. */
  readonly relationships: readonly Relationship[]
  /** The id of the caller's open claim for the patient. */
  readonly emergencyClaim: string | null
  readonly objectionInForce: boolean
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

/** The relationship of an organisation with a patient that counts and is in force; null without one. */
export function findRelationship(
  facts: Pick<PatientFacts, 'odsCode' | 'relationships' | keyof Judging>,
): Relationship | null {
  const { odsCode, relationships, now } = facts
  const counting = countingRelationships(relationships, facts)
  return counting.find((one) => one.odsCode === odsCode && isInForce(one, now)) ?? null
}

function groundsOf(facts: PatientFacts): Grounds | null {
  const found = findRelationship(facts)
  if (found) return { kind: found.kind, evidence: found.evidence }
  const { emergencyClaim } = facts
  return emergencyClaim === null ? null : { kind: 'EMERGENCY_CLAIM', evidence: emergencyClaim }
}
