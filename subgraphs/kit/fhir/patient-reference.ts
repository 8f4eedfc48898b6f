import { element, present } from './elements.ts'
import { reference, referencesIn, typeOf } from './reference.ts'
import type { FhirReference, FhirResource } from './resource.ts'

/**
 * The patient whom a resource is about, as the resource refers to them: by URL, by `urn:uuid:`, by
 * condition, contained, or by identifier alone. Null for what belongs to no patient, and for a
 * Patient, which refers to nobody.
 */
export function patientReferenceOf(resource: FhirResource): FhirReference | null {
  if (resource.resourceType === 'Patient') return null
  const named = [
    resource['subject'],
    resource['patient'],
    resource['for'],
    resource['securityContext'],
    element(resource['context'])['sourcePatientInfo'],
  ]
  const found = [
    ...present(named.map(reference)).filter(mayBePatient),
    // Among several parties, only one that says so is the patient.
    ...[...referencesIn(resource['participant'], 'actor'), ...targets(resource)].filter(isPatient),
  ]
  return found.find((one) => one.reference !== undefined || one.identifier !== undefined) ?? null
}

function targets(resource: FhirResource): FhirReference[] {
  if (resource.resourceType !== 'Provenance' || !Array.isArray(resource['target'])) return []
  return present(resource['target'].map(reference))
}

function mayBePatient(source: FhirReference): boolean {
  const type = typeOf(source)
  return type === null || type === 'Patient'
}

function isPatient(source: FhirReference): boolean {
  return typeOf(source) === 'Patient'
}
