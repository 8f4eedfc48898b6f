import type { ExclusionLists } from './exclusion-lists.ts'
import { hasMember } from './find-codings.ts'

/**
 * A resource without the concepts in it that are never shared, words and all: for a Patient, who does
 * not vanish for a code about a next of kin or in an extension.
 */
export function withoutMembers<Resource extends object>(
  resource: Resource,
  lists: ExclusionLists,
): Resource {
  return hasMember(resource, lists) ? (prune(resource, lists) as Resource) : resource
}

function prune(value: unknown, lists: ExclusionLists): unknown {
  if (Array.isArray(value)) {
    return value.flatMap((one: unknown) => (isConceptOf(one, lists) ? [] : [prune(one, lists)]))
  }
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, part]) => !isConceptOf(part, lists))
      .map(([key, part]) => [key, prune(part, lists)]),
  )
}

/** A CodeableConcept or Coding with a member in it. */
function isConceptOf(value: unknown, lists: ExclusionLists): boolean {
  if (typeof value !== 'object' || value === null) return false
  return CODED.some((part) => part in value) && hasMember(value, lists)
}

const CODED = ['coding', 'code', 'valueCode']
