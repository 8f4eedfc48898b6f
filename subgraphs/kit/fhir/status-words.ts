import type { CarePlanStatus, ReferralStatus } from '../generated/contract.ts'
import { word } from './elements.ts'

/** Turns a source's word into one of the contract's. */
export type StatusWords<T extends string> = ReadonlyMap<string, T>

/**
 * The table of a FHIR value set: its words, and the contract's for each. Its caller names the
 * contract's enum, so that no word outside of it compiles.
 */
export function statusWords<T extends string = never>(
  table: Readonly<Record<string, NoInfer<T>>>,
): StatusWords<T> {
  return new Map(Object.entries(table))
}

/** The contract's word for a `code` or CodeableConcept; null for none and for words outside the table. */
export function knownStatus<T extends string>(words: StatusWords<T>, source: unknown): T | null {
  return words.get(word(source)?.trim().toLowerCase() ?? '') ?? null
}

/** The contract's word for a `code` or CodeableConcept; UNKNOWN for none and for words outside the table. */
export function statusOf<T extends string>(words: StatusWords<T>, source: unknown): T | 'UNKNOWN' {
  return knownStatus(words, source) ?? 'UNKNOWN'
}

/** FHIR's request-status, which plans and referrals have in common. */
export const REQUEST_STATUS = statusWords<CarePlanStatus & ReferralStatus>({
  draft: 'DRAFT',
  active: 'ACTIVE',
  'on-hold': 'ON_HOLD',
  revoked: 'REVOKED',
  completed: 'COMPLETED',
  'entered-in-error': 'ENTERED_IN_ERROR',
  unknown: 'UNKNOWN',
})
