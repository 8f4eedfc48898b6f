import { elements } from './elements.ts'
import type { MappingContext } from './mapping.ts'
import type { FhirReference, FhirResource } from './resource.ts'

/**
 * The context for what a resource refers to: `#id` means one that it contains. A contained resource
 * contains nothing itself, so that its `#id` goes on meaning its container's.
 */
export function within(resource: FhirResource, context: MappingContext): MappingContext {
  if (!Array.isArray(resource['contained'])) return context
  return {
    participant: context.participant,
    now: context.now,
    itemId: (resourceType, resourceId) => context.itemId(resourceType, resourceId),
    isExcluded: (one) => context.isExcluded(one),
    resolve: (reference) =>
      reference?.reference?.startsWith('#')
        ? containedIn(resource, reference)
        : context.resolve(reference),
  }
}

function containedIn(resource: FhirResource, reference: FhirReference): FhirResource | null {
  const id = reference.reference?.slice(1)
  const found = elements(resource['contained']).find((one) => one['id'] === id)
  return found && isResource(found) ? found : null
}

function isResource(source: Readonly<Record<string, unknown>>): source is FhirResource {
  return typeof source['resourceType'] === 'string'
}
