import { hash } from 'node:crypto'
import { type Element, element, elements, text } from './elements.ts'
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
    provenancesOf: (one) => context.provenancesOf(one),
    resolve: (reference) =>
      reference?.reference?.startsWith('#')
        ? containedIn(resource, reference)
        : context.resolve(reference),
  }
}

/**
 * What a resource contains, in its order, each with an id that no other resource bears: its container's
 * with its own behind it, the same whenever it is loaded.
 */
export function contentsOf(resource: FhirResource): FhirResource[] {
  const taken = new Set<string>()
  return elements(resource['contained']).flatMap((one) => {
    if (!isResource(one)) return []
    const own = text(one['id']) ?? ''
    // Without an id of its own, or with another's, its words tell it apart.
    const id = own === '' || taken.has(own) ? `${own}~${digestOf(one)}` : own
    taken.add(id)
    return [{ ...one, id: `${resource.resourceType}/${text(resource.id) ?? ''}#${id}` }]
  })
}

/** Stands for the type of what does not say its own. */
export const NO_TYPE = '?'

/** The types of what a resource contains, each as often as it stands there. */
export function typesContained(resource: unknown): string[] {
  return elements(element(resource)['contained']).map(({ resourceType: type }) =>
    typeof type === 'string' && /^[A-Za-z]{1,64}$/.test(type) ? type : NO_TYPE,
  )
}

function containedIn(resource: FhirResource, reference: FhirReference): FhirResource | null {
  const own = reference.reference?.slice(1)
  if (own === undefined || own === '') return null
  return contentsOf(resource).find(({ id }) => id?.endsWith(`#${own}`)) ?? null
}

function digestOf(content: Element): string {
  return hash('sha256', JSON.stringify(content)).slice(0, 12)
}

function isResource(source: Element): source is FhirResource {
  return typeof source['resourceType'] === 'string'
}
