import { type GraphQLObjectType, getNamedType, isObjectType, type SelectionSetNode } from 'graphql'
import { collectFields, type SelectionScope, selectionSetsOf } from './collect-fields.ts'

/** What a client selects of an object that the gateway itself makes: a source, a conflict. */
export type PlainShape = readonly {
  readonly key: string
  readonly name: string
  /** The type's name, for `__typename`. */
  readonly typename: string
  readonly shape: PlainShape | null
}[]

/** What the selection sets select of an object, or of a part of it. */
export function plainShape(
  scope: SelectionScope,
  type: GraphQLObjectType,
  selectionSets: readonly SelectionSetNode[],
): PlainShape {
  return [...collectFields(scope, type, selectionSets)].map(([key, nodes]) => {
    const name = nodes[0]?.name.value ?? ''
    const field = type.getFields()[name]
    const next = field && getNamedType(field.type)
    const shape = isObjectType(next) ? plainShape(scope, next, selectionSetsOf(nodes)) : null
    return { key, name, typename: type.name, shape }
  })
}

/** An object as the client selected it. */
export function shapePlain(object: object, shape: PlainShape): Record<string, unknown> {
  const shaped: Record<string, unknown> = {}
  for (const { key, name, typename, shape: inner } of shape) {
    const value: unknown = (object as Record<string, unknown>)[name]
    if (name === '__typename') shaped[key] = typename
    else shaped[key] = inner ? shapePlain(value as object, inner) : (value ?? null)
  }
  return shaped
}
