import { findBreakingChanges, type GraphQLSchema } from 'graphql'
import { elementsOf, type SchemaElement } from './schema-elements.ts'

/** One difference between two public schemas. */
export interface SchemaChange {
  readonly kind: 'ADDED' | 'REMOVED' | 'CHANGED' | 'DEPRECATED' | 'NO_LONGER_DEPRECATED'
  /** `Type`, `Type.field`, `Type.field(argument:)`, `Enum.VALUE`, `Type implements Interface`. */
  readonly coordinate: string
  /** True when an operation that was valid may no longer be, or an answer may be of another shape. */
  readonly isBreaking: boolean
  /** What it was and what it became, or why it is deprecated; null when the rest says all. */
  readonly detail: string | null
}

/**
 * What changed for clients from one public schema to the next, in the order of the coordinates. What is in
 * something that came or went is not told as well; descriptions do not count.
 */
export function compareSchemas(before: GraphQLSchema, after: GraphQLSchema): SchemaChange[] {
  const was = elementsOf(before)
  const is = elementsOf(after)
  const breaking = incompatible(before, after)
  return [
    ...gone(was, is).map(([coordinate]) => change('REMOVED', coordinate, true)),
    ...gone(is, was).map(([coordinate, { isRequired }]) =>
      change('ADDED', coordinate, isRequired, isRequired ? 'It has to be given.' : null),
    ),
    ...[...is].flatMap(([coordinate, now]) => {
      const then = was.get(coordinate)
      return then ? changesOf(coordinate, { then, now, isBreaking: breaking.has(coordinate) }) : []
    }),
  ].sort((a, b) => (a.coordinate < b.coordinate ? -1 : a.coordinate > b.coordinate ? 1 : 0))
}

/** The outermost of what one schema has and the other does not. */
function gone(
  from: ReadonlyMap<string, SchemaElement>,
  to: ReadonlyMap<string, SchemaElement>,
): [string, SchemaElement][] {
  return [...from].filter(
    ([coordinate, { within }]) => !to.has(coordinate) && (within === null || to.has(within)),
  )
}

function changesOf(
  coordinate: string,
  {
    then,
    now,
    isBreaking,
  }: { readonly then: SchemaElement; readonly now: SchemaElement; readonly isBreaking: boolean },
): SchemaChange[] {
  const changes: SchemaChange[] = []
  if (then.written !== now.written) {
    changes.push(change('CHANGED', coordinate, isBreaking, `${then.written} → ${now.written}`))
  }
  if (then.deprecationReason === null && now.deprecationReason !== null) {
    changes.push(change('DEPRECATED', coordinate, false, now.deprecationReason))
  }
  if (then.deprecationReason !== null && now.deprecationReason === null) {
    changes.push(change('NO_LONGER_DEPRECATED', coordinate, false))
  }
  return changes
}

/** What kept its name and became something that old operations do not fit, as graphql-js decides it. */
function incompatible(before: GraphQLSchema, after: GraphQLSchema): ReadonlySet<string> {
  const changed = /^([\w.]+)(?: arg (\w+))? (?:has )?changed /
  return new Set(
    findBreakingChanges(before, after).flatMap(({ description }) => {
      const [, coordinate, argument] = changed.exec(description) ?? []
      if (coordinate === undefined) return []
      return argument === undefined ? coordinate : `${coordinate}(${argument}:)`
    }),
  )
}

function change(
  kind: SchemaChange['kind'],
  coordinate: string,
  isBreaking: boolean,
  detail: string | null = null,
): SchemaChange {
  return { kind, coordinate, isBreaking, detail }
}
