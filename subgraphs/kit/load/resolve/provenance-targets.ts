import { references } from '../../fhir/reference.ts'
import type { FhirResource } from '../../fhir/resource.ts'
import { targetOf } from './references.ts'

/** `Type/id` of what a Provenance is about, its references bound; none for any other resource. */
export function provenanceTargets(resource: FhirResource): string[] {
  if (resource.resourceType !== 'Provenance') return []
  const targets = references(resource['target']).flatMap((one) => targetOf(one.reference) ?? [])
  return [...new Set(targets.map(({ type, id }) => `${type}/${id}`))]
}

/** The name under which a store keeps a Provenance for one of its targets: nothing refers to it so. */
export function provenanceKey(identity: string): string {
  return `>${identity}`
}
