import { GraphQLError } from 'graphql'
import type { LocatedPatients } from './patients.ts'

/**
 * Errors in records at the places of those records. The planner's executor counts an entity among
 * those of its own subgraph, and then takes that number for a place in the whole list.
 */
export function placeErrors(
  errors: readonly GraphQLError[],
  patients: LocatedPatients,
): readonly GraphQLError[] {
  return errors.map((error) => {
    const [key, records, place, ...rest] = error.path ?? []
    const holders = patients.get(String(key))?.holders
    const { participant } = error.extensions
    if (!holders || typeof place !== 'number' || participant === undefined) return error
    const places = holders.flatMap((holder, index) =>
      holder.participant === participant ? [index] : [],
    )
    const path = [String(key), String(records), places[place] ?? place, ...rest]
    return new GraphQLError(error.message, { path, extensions: error.extensions })
  })
}
