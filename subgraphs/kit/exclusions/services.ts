import { reference, references, typeOf } from '../fhir/reference.ts'
import type { FhirReference, FhirResource } from '../fhir/resource.ts'

/** What judging a resource may look at beside it. */
export interface Surroundings {
  /** What the resource says of itself: its codings and labels. */
  isExcludedItself(resource: FhirResource): boolean
  /** What a reference means, if it is known. */
  find(reference: FhirReference): FhirResource | null
}

/** Whatever refers to one of these belongs to it. */
const SERVICES: ReadonlySet<string> = new Set(['HealthcareService', 'Location', 'Organization'])

/** A clinician of a service is that service in these; elsewhere only an author. */
const VISITS: ReadonlySet<string> = new Set(['Appointment', 'Encounter', 'EpisodeOfCare'])

/** What a service, place or clinician belongs to. Of several places all must be excluded. */
const BELONGS_TO: Readonly<Record<string, readonly string[]>> = {
  HealthcareService: ['location', 'providedBy'],
  Location: ['partOf', 'managingOrganization'],
  Organization: ['partOf'],
  PractitionerRole: ['healthcareService', 'location', 'organization'],
}

/** As deep as wards stand in clinics, clinics in hospitals and hospitals in trusts. */
const MAX_STEPS = 6

/** True for a place, service, organisation or clinician's role. */
export function isService({ resourceType }: FhirResource): boolean {
  return Object.hasOwn(BELONGS_TO, resourceType)
}

/**
 * True for a place, service, organisation or clinician's role that is never shared, or that belongs
 * to one that is.
 */
export function isExcludedService(
  resource: FhirResource,
  around: Surroundings,
  steps = MAX_STEPS,
): boolean {
  const belongsTo = BELONGS_TO[resource.resourceType]
  if (belongsTo === undefined) return false
  if (around.isExcludedItself(resource)) return true
  if (steps === 0) return false
  return belongsTo.some((name) => {
    const owners = references(resource[name])
    return (
      owners.length > 0 &&
      owners.every((one) => {
        const owner = findResource(one, resource, around)
        return owner !== null && isExcludedService(owner, around, steps - 1)
      })
    )
  })
}

/** True for a resource that a service which is never shared has provided, or is asked to. */
export function isOfExcludedService(
  resource: FhirResource,
  mentioned: readonly FhirReference[],
  around: Surroundings,
): boolean {
  return mentioned.some((one) => {
    const type = typeOf(one)
    if (type !== null && !SERVICES.has(type) && type !== 'PractitionerRole') return false
    const found = findResource(one, resource, around)
    if (found === null || !isExcludedService(found, around)) return false
    return SERVICES.has(found.resourceType) || isCarriedOutBy(resource, one)
  })
}

function isCarriedOutBy(resource: FhirResource, role: FhirReference): boolean {
  if (VISITS.has(resource.resourceType)) return true
  if (resource.resourceType !== 'ServiceRequest') return false
  return references(resource['performer']).some((one) => one.reference === role.reference)
}

/** Contained resources are looked through with their container. */
function findResource(
  source: FhirReference,
  resource: FhirResource,
  around: Surroundings,
): FhirResource | null {
  const clean = reference(source)
  if (clean === null || clean.reference?.startsWith('#')) return null
  const found = around.find(clean)
  return found === resource ? null : found
}
