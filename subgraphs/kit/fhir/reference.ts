import { element, elements, isElement, present, text } from './elements.ts'
import type { MappingContext } from './mapping.ts'
import { isRetracted, isUnderstood } from './modifiers/understood.ts'
import { NHS_NUMBER } from './nhs-number.ts'
import type { FhirReference, FhirResource } from './resource.ts'

/** A FHIR Reference that points or names; null where the source has another shape or says nothing. */
export function reference(source: unknown): FhirReference | null {
  const parts = element(source)
  const target = text(parts['reference'])
  const type = text(parts['type'])
  const display = text(parts['display'])
  const system = text(element(parts['identifier'])['system'])
  const value = text(element(parts['identifier'])['value'])
  if (target === null && display === null && value === null) return null
  return {
    ...(target === null ? {} : { reference: target }),
    ...(type === null ? {} : { type }),
    ...(value === null ? {} : { identifier: { ...(system === null ? {} : { system }), value } }),
    ...(display === null ? {} : { display }),
  }
}

/** The references of single elements and of lists, in order, those that say nothing left out. */
export function references(...sources: readonly unknown[]): FhirReference[] {
  return present(
    sources.flatMap((source) =>
      Array.isArray(source) ? elements(source).map(reference) : [reference(source)],
    ),
  )
}

/** The references in one part (`actor`, `individual`, …) of each element of a list. */
export function referencesIn(source: unknown, part: string): FhirReference[] {
  return present(elements(source).map((one) => reference(one[part])))
}

/**
 * The FHIR type that a reference says it points to: its `type`, else the one in a URL; whoever is
 * identified by an NHS number is a Patient.
 */
export function typeOf(source: FhirReference): string | null {
  const fromUrl = /(?:^|\/)([A-Z][A-Za-z]+)(?:\/[^/?]+(?:\/_history\/[^/]+)?|\?.*)$/
  const said = source.type ?? fromUrl.exec(source.reference ?? '')?.[1]
  return said ?? (source.identifier?.system === NHS_NUMBER ? 'Patient' : null)
}

/**
 * The resource that a reference means, if it is known, understood and may be shared: what is never
 * shared or was a mistake must not come back as another entry's reason, file or name.
 */
export function resolve(
  source: FhirReference | null | undefined,
  context: MappingContext,
): FhirResource | null {
  const found = source ? context.resolve(source) : null
  return isElement(found) && !isHidden(found, context) && isUnderstood(found) ? found : null
}

/** True when a reference means what is never shared, or was a mistake: then its own words are not shown either. */
export function pointsToHidden(source: FhirReference | null, context: MappingContext): boolean {
  const found = source ? context.resolve(source) : null
  return isElement(found) && isHidden(found, context)
}

function isHidden(found: FhirResource, context: MappingContext): boolean {
  return context.isExcluded(found) || isRetracted(found)
}

/** The contract's ids of the entries that references mean; what is not known has no entry. */
export function entryIds(
  sources: readonly FhirReference[],
  types: readonly string[],
  context: MappingContext,
): string[] {
  const ids = sources.flatMap((source) => {
    const found = resolve(source, context)
    const id = text(found?.id)
    if (!found || id === null || !types.includes(found.resourceType)) return []
    return [context.itemId(found.resourceType, id)]
  })
  return [...new Set(ids)]
}
