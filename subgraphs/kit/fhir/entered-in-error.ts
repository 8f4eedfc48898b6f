import { word } from './elements.ts'

/** FHIR's word, in every type that has it, for what was recorded by mistake. */
export const ENTERED_IN_ERROR = 'entered-in-error'

/** True for a status, as a code or a CodeableConcept, that says so. */
export function saysEnteredInError(status: unknown): boolean {
  return cleanWord(status) === ENTERED_IN_ERROR
}

/** The word of a status in lower case, without space around it. */
export function cleanWord(status: unknown): string | null {
  return word(status)?.trim().toLowerCase() ?? null
}
