import { nhsNumberOf } from '../../fhir/map-patient.ts'
import { isClinical } from '../../fhir/map-resource.ts'
import { NHS_NUMBER, toNhsNumber } from '../../fhir/nhs-number.ts'
import { patientReferenceOf } from '../../fhir/patient-reference.ts'
import type { FhirReference, FhirResource } from '../../fhir/resource.ts'
import type { RefusalReason } from '../report.ts'
import { targetOf } from './references.ts'
import type { Target } from './resolver.ts'

/** Whose record a resource belongs to; nobody's for an organisation and the like. */
export type Belonging =
  | { readonly nhsNumber: string | null }
  | { readonly refusal: Extract<RefusalReason, 'NO_PATIENT' | 'UNKNOWN_PATIENT'> }

/**
 * The reference to a resource's patient in a form that can be looked up: a contained patient, and one
 * given by NHS number alone, are looked for under that number, spaces left out.
 */
export function patientLookup(resource: FhirResource): FhirReference | null {
  const reference = patientReferenceOf(resource)
  if (reference === null) return null
  if (reference.reference?.startsWith('#')) {
    return containedPatient(resource, reference.reference.slice(1)) ?? reference
  }
  const { system, value } = reference.identifier ?? {}
  const nhsNumber = system === NHS_NUMBER ? toNhsNumber(value ?? '') : null
  return nhsNumber === null
    ? reference
    : { ...reference, identifier: { system: NHS_NUMBER, value: nhsNumber } }
}

/**
 * Finds whose record a resource belongs to.
 *
 * @param find looks a reference up
 * @param isRefused true for the id of a Patient that was refused in the same Bundle: what hangs on
 *   it must not go to another state of that patient
 */
export function patientOf(
  resource: FhirResource,
  find: (reference: FhirReference) => Target | null | undefined,
  isRefused: (patientId: string) => boolean,
): Belonging {
  const reference = patientLookup(resource)
  if (reference === null) {
    return isClinical(resource.resourceType) ? { refusal: 'NO_PATIENT' } : { nhsNumber: null }
  }
  const named = targetOf(reference.reference?.trim())
  if (named?.type === 'Patient' && isRefused(named.id)) return { refusal: 'UNKNOWN_PATIENT' }
  const found = find(reference)
  if (found?.type !== 'Patient' || found.nhsNumber === null || isRefused(found.id)) {
    return { refusal: 'UNKNOWN_PATIENT' }
  }
  return { nhsNumber: found.nhsNumber }
}

function containedPatient(resource: FhirResource, id: string): FhirReference | null {
  const contained: unknown = resource['contained']
  if (!Array.isArray(contained)) return null
  const patient = contained.find(
    (one: unknown): one is FhirResource =>
      typeof one === 'object' && one !== null && (one as FhirResource).id === id,
  )
  const found = patient === undefined ? null : nhsNumberOf(patient)
  if (found === null || !('nhsNumber' in found)) return null
  return { type: 'Patient', identifier: { system: NHS_NUMBER, value: found.nhsNumber } }
}
