import type { FhirReference, FhirResource } from '../fhir/resource.ts'
import { hangsOn } from './links.ts'
import { isExcludedService, isOfExcludedService, isService, type Surroundings } from './services.ts'

/** Why a resource is never shared: for what it says itself, or for what it belongs to. */
export type Exclusion = 'ITSELF' | 'LINK'

/**
 * Judges a resource by what it says, the services that it names, and what it hangs on directly. Where
 * it finds nothing the resource may still go with others of the patient's record: see spread.ts.
 *
 * @param mentioned every reference that stands anywhere in the resource
 */
export function judge(
  resource: FhirResource,
  mentioned: readonly FhirReference[],
  around: Surroundings,
): Exclusion | null {
  if (resource.resourceType === 'Patient') return null
  if (around.isExcludedItself(resource)) return 'ITSELF'
  if (isService(resource)) return isExcludedService(resource, around) ? 'LINK' : null
  if (isOfExcludedService(resource, mentioned, around)) return 'LINK'
  return hangsOnExcluded(resource, around) ? 'LINK' : null
}

function hangsOnExcluded(resource: FhirResource, around: Surroundings): boolean {
  return hangsOn(resource).some((one) => {
    // What is contained was looked through with its container.
    if (one.reference?.startsWith('#')) return false
    const found = around.find(one)
    return found !== null && around.isExcludedItself(found)
  })
}
