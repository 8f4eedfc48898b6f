import type { FhirResource } from '../../../subgraphs/kit/fhir/resource.ts'
import { contextOf } from '../../subgraphs/kit/fhir/mapping-context.ts'
import { partsLeftOutOf } from '../fhir-elements/shown-as.ts'
import { partsOf } from './parts.ts'

/** A path, in how many examples it occurs, and what of the contract changes without it in the first that tells. */
export interface TriedPart {
  readonly path: string
  readonly examples: number
  readonly fields: readonly string[]
}

/** What has changed nothing in so many examples is not tried in more. */
const MAX_TRIES = 60

/** Leaves every part of every example out until something of the contract changes with it. */
export function triedParts(
  examples: readonly FhirResource[],
  around: readonly FhirResource[],
): TriedPart[] {
  const context = contextOf({ resources: around })
  const found = new Map<string, { examples: number; tries: number; fields: readonly string[] }>()
  for (const example of examples) {
    const fieldsWithout = partsLeftOutOf(example, context)
    for (const { path, names } of partsOf(example)) {
      const before = found.get(path) ?? { examples: 0, tries: 0, fields: [] }
      const isOpen = before.fields.length === 0 && before.tries < MAX_TRIES
      found.set(path, {
        examples: before.examples + 1,
        tries: before.tries + (isOpen ? 1 : 0),
        fields: isOpen ? fieldsWithout(names) : before.fields,
      })
    }
  }
  return [...found]
    .map(([path, { examples: count, fields }]) => ({ path, examples: count, fields }))
    .sort((one, other) => (one.path < other.path ? -1 : 1))
}

/** The path of a part's element, without the datatype that a choice has there. */
export function elementOf({ path }: TriedPart): string {
  return path.split(':')[0] ?? path
}
