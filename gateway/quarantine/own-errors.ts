import type { sourceError } from '../federation/source-errors.ts'
import { ENTITIES } from './identity-selection.ts'
import type { EntityPlan } from './prepared-query.ts'

/** An error of a source, masked. */
export type SourceError = ReturnType<typeof sourceError>

/** What a source itself says went wrong in one entity. */
export interface OwnErrors {
  /** One for each code. */
  readonly ofWhole: readonly SourceError[]
  /** By the part's response key, one for each code. */
  readonly ofParts: ReadonlyMap<string, readonly SourceError[]>
}

/**
 * Sorts the errors of an answer to one of its entities. An error that names no part that was asked
 * for could be about anything, so it counts for the whole. Nothing is kept of a path: it could hold
 * the source's own words.
 *
 * @param place of the entity; undefined for an answer without entities
 */
export function errorsAt(
  errors: readonly SourceError[],
  plan: EntityPlan,
  place: number | undefined,
): OwnErrors {
  const ofWhole: SourceError[] = []
  const ofParts = new Map<string, SourceError[]>()
  for (const error of errors) {
    const path = error.path ?? []
    const [field, at] = path
    const isPlaced = place !== undefined && field === ENTITIES && typeof at === 'number'
    if (isPlaced && at !== place) continue
    const key = isPlaced ? path[2] : path[0]
    const part = plan.parts.find((one) => one.key === key && one.isSection && !one.isAdded)
    if (!part || (place !== undefined && !isPlaced)) add(ofWhole, error)
    else ofParts.set(part.key, add(ofParts.get(part.key) ?? [], error))
  }
  return { ofWhole, ofParts }
}

function add(errors: SourceError[], error: SourceError): SourceError[] {
  const isNew = errors.every(({ extensions }) => extensions.code !== error.extensions.code)
  if (isNew) errors.push(error)
  return errors
}
