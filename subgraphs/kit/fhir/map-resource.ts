import { carriedBy } from './carried.ts'
import { within } from './contained.ts'
import type { MappedItem, MappingContext } from './mapping.ts'
import { isUnderstoodWhole } from './modifiers/understood.ts'
import type { FhirResource } from './resource.ts'
import { clinicalTypes, sections } from './sections.ts'

const CLINICAL = new Set(clinicalTypes)

/** Kept whole because others refer to them, or because a rule of access will ask for them. */
const SUPPORTING = new Set([
  // Whose record it is.
  'Patient',
  // Authors, performers, requesters and their jobs.
  'Practitioner',
  'PractitionerRole',
  // The ODS code of provenance and of care relationships.
  'Organization',
  // Where an encounter or appointment is, and whose place it is.
  'Location',
  // What a prescription or statement is about, when it is not coded in place.
  'Medication',
  // Informants and contacts.
  'RelatedPerson',
  // Teams of episodes and care plans.
  'CareTeam',
  // Who is asked in referrals and appointments; its specialty decides what is never shared.
  'HealthcareService',
  // What a laboratory result examined.
  'Specimen',
  // What an equipment request is for, and what made a measurement.
  'Device',
  // Goals of care plans.
  'Goal',
  // The bytes of documents whose attachments only point.
  'Binary',
  // Who recorded what, beyond what the resource itself says.
  'Provenance',
  // Statements that there are none; see the sections that read it.
  'List',
  // What a patient agreed or objected to.
  'Consent',
])

/**
 * The entries of all sections that a resource makes, and those that what it contains makes: none for one
 * that no section accepts.
 *
 * @param isOwn false for what is contained and not known to be about the same patient
 */
export function mapResource(
  resource: FhirResource,
  context: MappingContext,
  isOwn: (contained: FhirResource) => boolean = () => true,
): MappedItem[] {
  const inside = within(resource, context)
  const isWhole = isUnderstoodWhole(resource, inside)
  return [resource, ...carriedBy(resource).filter(isOwn)].flatMap((one) => {
    const items = sections
      .filter((section) => section.resourceTypes.includes(one.resourceType))
      .filter((section) => section.accepts(one))
      .flatMap((section) => section.toItems(one, inside))
    const isUnderstood = isWhole && (one === resource || isUnderstoodWhole(one, inside))
    return isUnderstood ? items : items.map((item) => ({ ...item, isUnderstood }))
  })
}

/** True for a FHIR type that some section reads. */
export function isClinical(resourceType: string): boolean {
  return CLINICAL.has(resourceType)
}

/** True for a FHIR type that is kept whole for the sake of others; a type may be clinical as well. */
export function isSupporting(resourceType: string): boolean {
  return SUPPORTING.has(resourceType)
}
