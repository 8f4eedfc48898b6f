/** A FHIR R4 resource as it came in: only its type is certain, everything else is looked at with care. */
export interface FhirResource {
  readonly resourceType: string
  readonly id?: string
  readonly [element: string]: unknown
}

/** A FHIR R4 Reference. */
export interface FhirReference {
  readonly reference?: string
  readonly type?: string
  readonly identifier?: { readonly system?: string; readonly value?: string }
  readonly display?: string
}
