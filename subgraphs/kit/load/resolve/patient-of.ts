import { contentsOf } from '../../fhir/contained.ts'
import { isClinical } from '../../fhir/map-resource.ts'
import { NHS_NUMBER, toNhsNumber } from '../../fhir/nhs-number.ts'
import { nhsNumberOf } from '../../fhir/own-number.ts'
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
 *
 * @param now at which a contained patient must bear the number
 */
export function patientLookup(resource: FhirResource, now: Date): FhirReference | null {
  const reference = patientReferenceOf(resource) ?? patientOfContents(resource)
  if (reference === null) return null
  if (reference.reference?.startsWith('#')) {
    return containedPatient(resource, reference.reference.slice(1), now) ?? reference
  }
  const { system, value } = reference.identifier ?? {}
  const nhsNumber = system === NHS_NUMBER ? toNhsNumber(value ?? '') : null
  return nhsNumber === null
    ? reference
    : { ...reference, identifier: { system: NHS_NUMBER, value: nhsNumber } }
}

/** What finding whose record a resource belongs to needs at hand. */
export interface PatientFinding {
  readonly now: Date
  /** Looks a reference up. */
  find(reference: FhirReference): Target | null | undefined
  /**
   * True for the id of a Patient that was refused in the same Bundle: what hangs on it must not go to
   * another state of that patient.
   */
  isRefused(patientId: string): boolean
}

/** Finds whose record a resource belongs to. */
export function patientOf(resource: FhirResource, finding: PatientFinding): Belonging {
  const reference = patientLookup(resource, finding.now)
  if (reference === null) {
    const isOfSomebody = isClinical(resource.resourceType) || resource.resourceType === 'Consent'
    return isOfSomebody ? { refusal: 'NO_PATIENT' } : { nhsNumber: null }
  }
  const named = targetOf(reference.reference?.trim())
  if (named?.type === 'Patient' && finding.isRefused(named.id)) {
    return { refusal: 'UNKNOWN_PATIENT' }
  }
  const found = finding.find(reference)
  if (found?.type !== 'Patient' || found.nhsNumber === null || finding.isRefused(found.id)) {
    return { refusal: 'UNKNOWN_PATIENT' }
  }
  return { nhsNumber: found.nhsNumber }
}

/** A List need not say whose it is: what it contains does, where all of it says the same. */
function patientOfContents(resource: FhirResource): FhirReference | null {
  const clinical = contentsOf(resource).filter((one) => isClinical(one.resourceType))
  const found = clinical.map(patientReferenceOf)
  const [first = null] = found
  return found.every((one) => JSON.stringify(one) === JSON.stringify(first)) ? first : null
}

/**
 * True for what a resource contains that is about the resource's patient: that names nobody, or them.
 */
export function isAboutPatient(
  contained: FhirResource,
  resource: FhirResource,
  finding: PatientFinding & { readonly nhsNumber: string | null },
): boolean {
  if (patientReferenceOf(contained) === null) return true
  const belonging = patientOf({ ...contained, contained: resource['contained'] }, finding)
  return 'nhsNumber' in belonging && belonging.nhsNumber === finding.nhsNumber
}

/**
 * True for what is known to be about another patient than one: a reference that means it by mistake must not bring it
 * into this one's record. A file whose patient is not known is nobody's to show.
 */
export function isSomebodyElses(
  found: FhirResource,
  finding: PatientFinding & { readonly nhsNumber: string | null },
): boolean {
  if (finding.nhsNumber === null || patientReferenceOf(found) === null) return false
  const belonging = patientOf(found, finding)
  if ('refusal' in belonging) return found.resourceType === 'Binary'
  return belonging.nhsNumber !== null && belonging.nhsNumber !== finding.nhsNumber
}

function containedPatient(resource: FhirResource, id: string, now: Date): FhirReference | null {
  const contained: unknown = resource['contained']
  if (!Array.isArray(contained)) return null
  const patient = contained.find(
    (one: unknown): one is FhirResource =>
      typeof one === 'object' && one !== null && (one as FhirResource).id === id,
  )
  const found = patient === undefined ? null : nhsNumberOf(patient, now)
  if (found === null || !('nhsNumber' in found)) return null
  return { type: 'Patient', identifier: { system: NHS_NUMBER, value: found.nhsNumber } }
}
