import { type GraphQLObjectType, getNamedType, isObjectType, type SelectionSetNode } from 'graphql'
import { collectFields, type SelectionScope, selectionSetsOf } from './collect-fields.ts'

/** What came of asking a participant; the public schema describes each. */
export type SourceOutcome =
  | 'ANSWERED'
  | 'INCOMPLETE'
  | 'NO_RECORD'
  | 'TIMED_OUT'
  | 'FAILED'
  | 'NOT_ASKED'
  | 'QUARANTINED'
  | 'NOT_A_CONTRIBUTOR'

/** What one participant contributed: the public schema's `Source`. */
export interface SourceAnswer {
  readonly participant: {
    readonly code: string
    readonly name: string
    readonly kind: 'REGIONAL_HIE' | 'TRUST'
  }
  readonly outcome: SourceOutcome
  /** ISO 8601. */
  readonly asOf: string | null
  readonly latencyMs: number | null
}

/** The answers of all participants about the patient at each path, written with dots: `patient`. */
export type SourcesByPatient = ReadonlyMap<string, readonly SourceAnswer[]>

/** What a client selects of a source. */
export type SourceShape = readonly {
  readonly key: string
  readonly name: string
  /** The type's name, for `__typename`. */
  readonly typename: string
  readonly shape: SourceShape | null
}[]

/** What the selection sets select of a source, or of a part of it. */
export function sourceShape(
  scope: SelectionScope,
  type: GraphQLObjectType,
  selectionSets: readonly SelectionSetNode[],
): SourceShape {
  return [...collectFields(scope, type, selectionSets)].map(([key, nodes]) => {
    const name = nodes[0]?.name.value ?? ''
    const field = type.getFields()[name]
    const next = field && getNamedType(field.type)
    const shape = isObjectType(next) ? sourceShape(scope, next, selectionSetsOf(nodes)) : null
    return { key, name, typename: type.name, shape }
  })
}

/** A source as the client selected it. */
export function shapeSource(source: object, shape: SourceShape): Record<string, unknown> {
  const shaped: Record<string, unknown> = {}
  for (const { key, name, typename, shape: inner } of shape) {
    const value: unknown = (source as Record<string, unknown>)[name]
    if (name === '__typename') shaped[key] = typename
    else shaped[key] = inner ? shapeSource(value as object, inner) : (value ?? null)
  }
  return shaped
}
