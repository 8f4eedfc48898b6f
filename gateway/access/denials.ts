import type { GraphQLError } from 'graphql'
import { errorAt } from '../errors.ts'
import { keyOfDenied, keyOfPartlyDenied } from '../record/names.ts'

type Json = Readonly<Record<string, unknown>>
type Path = readonly (string | number)[]

/**
 * Puts null where a field was cut, under the client's key and in its place, with an error for each
 * field of which anything was cut: at the first of its places, where it stands in a list.
 */
export function showDenials(data: Json): { data: Json; errors: GraphQLError[] } {
  const places = new Map<string, Path>()
  const shown = showIn(data, [], places) as Json
  return {
    data: shown,
    errors: [...places.values()].map((path) => errorAt(path, 'FIELD_NOT_PERMITTED')),
  }
}

function showIn(value: unknown, path: Path, places: Map<string, Path>): unknown {
  if (Array.isArray(value)) return value.map((one, index) => showIn(one, [...path, index], places))
  if (typeof value !== 'object' || value === null) return value
  const shown: Record<string, unknown> = {}
  for (const [key, inner] of Object.entries(value)) {
    const denied = keyOfDenied(key)
    const refused = denied ?? keyOfPartlyDenied(key)
    if (denied !== null) shown[denied] = null
    if (refused === null) {
      shown[key] = showIn(inner, [...path, key], places)
      continue
    }
    const place = [...path, refused]
    const field = place.filter((step) => typeof step === 'string').join(' ')
    if (!places.has(field)) places.set(field, place)
  }
  return shown
}
