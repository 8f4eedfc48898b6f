import type { Concept } from '../generated/contract.ts'
import { concept, concepts, wordsConcept } from './concept.ts'
import { present, word } from './elements.ts'
import type { MappingContext } from './mapping.ts'
import { pointsToHidden, references, resolve } from './reference.ts'
import type { FhirReference, FhirResource } from './resource.ts'

/** Why something was done: the codes given, and what the resources referred to are about. */
export function reasonsOf(resource: FhirResource, context: MappingContext): Concept[] {
  return [
    ...concepts(resource['reasonCode']),
    ...subjectsOf(references(resource['reasonReference']), context),
  ]
}

/** What the resources referred to (conditions, observations, …) are about; else the references' words. */
export function subjectsOf(sources: readonly FhirReference[], context: MappingContext): Concept[] {
  return present(sources.map((source) => subjectOf(source, context)))
}

/** What the resource referred to is about: its code; else the reference's own words. */
export function subjectOf(source: FhirReference | null, context: MappingContext): Concept | null {
  if (pointsToHidden(source, context)) return null
  const found = resolve(source, context)
  // What was found not to be so is no reason, whatever the reference calls it.
  if (found && word(found['verificationStatus']) === 'refuted') return null
  return (found ? concept(found['code']) : null) ?? wordsConcept(source?.display)
}
