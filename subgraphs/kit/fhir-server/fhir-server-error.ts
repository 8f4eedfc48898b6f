/**
 * What a FHIR server did that makes its answer useless; `HTTP_403` and the like carry the status. The
 * server's own words are never taken over: they may name a patient.
 */
export type FhirServerFault =
  | `HTTP_${number}`
  /** The connection could not be made, or broke. */
  | 'UNREACHABLE'
  | 'NOT_JSON'
  | 'TOO_LARGE'
  | 'TOO_MANY_PAGES'
  | 'TOO_MANY_RESOURCES'
  /** No searchset Bundle, an entry without a resource or id, or an outcome that says error. */
  | 'NOT_A_SEARCHSET'
  /** Fewer resources came than the server counted. */
  | 'INCOMPLETE'
  /** A next link leads elsewhere, or in a circle. */
  | 'BAD_NEXT_LINK'
  /** It sent what belongs to nobody who was asked about: it does not understand the search. */
  | 'ANOTHER_PATIENT'
  /** A resource's reference leads to something here that it does not give: exclusion cannot be judged. */
  | 'NOT_JUDGEABLE'
  /** A resource contradicts FHIR R4 so far that it cannot be understood. */
  | 'NOT_MAPPABLE'
  /** Changes without a time, or not in the order of their times. */
  | 'NOT_IN_ORDER'
  /** Its CapabilityStatement does not offer what is needed. */
  | 'NOT_CAPABLE'
  /** The token service gave no token. */
  | 'NO_TOKEN'

/** A FHIR server cannot be relied on for this answer. The log gets the code, the caller nothing. */
export class FhirServerError extends Error {
  override readonly name = 'FhirServerError'
  readonly code: FhirServerFault

  constructor(code: FhirServerFault, options?: { readonly cause?: unknown }) {
    super(`The FHIR server's answer cannot be used: ${code}`, options)
    this.code = code
  }
}
