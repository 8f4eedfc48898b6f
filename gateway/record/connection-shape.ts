import {
  type FieldNode,
  type GraphQLObjectType,
  type GraphQLOutputType,
  getNamedType,
  isObjectType,
} from 'graphql'
import { collectFields, type SelectionScope, selectionSetsOf } from './collect-fields.ts'
import { type PlainShape, plainShape } from './plain-shape.ts'

/** What has to change in an entry on its way to the client; all else is passed on as it came. */
export interface EntryShape {
  readonly idKeys: readonly string[]
  readonly provenanceKeys: readonly string[]
  readonly duplicateKeys: readonly string[]
  /** Where the client selected when the entry was recorded, if it did. */
  readonly recording: { readonly provenanceKey: string; readonly key: string } | null
}

/** A field of an edge or of the page information. */
export type PartField =
  | { readonly key: string; readonly kind: 'typename'; readonly value: string }
  | { readonly key: string; readonly kind: 'cursor' | 'hasNextPage' }
  | { readonly key: string; readonly kind: 'node'; readonly entry: EntryShape }

/** A field of a merged section, in the client's order. */
export type ConnectionField =
  | { readonly key: string; readonly kind: 'typename'; readonly value: string }
  | {
      readonly key: string
      readonly kind:
        | 'status'
        | 'statedNoneKnown'
        | 'isComplete'
        | 'missingSources'
        | 'notUnderstood'
        | 'notShared'
    }
  | { readonly key: string; readonly kind: 'conflicts'; readonly conflict: PlainShape }
  | { readonly key: string; readonly kind: 'nodes'; readonly entry: EntryShape }
  | { readonly key: string; readonly kind: 'edges' | 'pageInfo'; readonly fields: PartField[] }

/** The fields of a merged section that the nodes of one response key select. */
export function connectionShape(
  scope: SelectionScope,
  type: GraphQLObjectType,
  nodes: readonly FieldNode[],
): ConnectionField[] {
  return selectedFields(scope, type, nodes).map(
    ({ key, name, type: fieldType, nodes: fieldNodes }) => {
      switch (name) {
        case '__typename':
          return { key, kind: 'typename', value: type.name }
        case 'status':
        case 'statedNoneKnown':
        case 'isComplete':
        case 'missingSources':
        case 'notUnderstood':
        case 'notShared':
          return { key, kind: name }
        case 'conflicts':
          return {
            key,
            kind: name,
            conflict: plainShape(scope, fieldType, selectionSetsOf(fieldNodes)),
          }
        case 'nodes':
          return { key, kind: 'nodes', entry: entryShape(scope, fieldType, fieldNodes) }
        case 'edges':
        case 'pageInfo':
          return { key, kind: name, fields: partShape(scope, fieldType, fieldNodes) }
        default:
          throw new Error(`A connection has no field ${name} that could be merged`)
      }
    },
  )
}

/** The fields of an edge or of the page information. */
export function partShape(
  scope: SelectionScope,
  type: GraphQLObjectType,
  nodes: readonly FieldNode[],
): PartField[] {
  return selectedFields(scope, type, nodes).map(
    ({ key, name, type: fieldType, nodes: fieldNodes }) => {
      switch (name) {
        case '__typename':
          return { key, kind: 'typename', value: type.name }
        case 'cursor':
        case 'endCursor':
          return { key, kind: 'cursor' }
        case 'hasNextPage':
          return { key, kind: name }
        case 'node':
          return { key, kind: name, entry: entryShape(scope, fieldType, fieldNodes) }
        default:
          throw new Error(`${type.name} has no field ${name} that could be merged`)
      }
    },
  )
}

function entryShape(
  scope: SelectionScope,
  type: GraphQLObjectType,
  nodes: readonly FieldNode[],
): EntryShape {
  const fields = selectedFields(scope, type, nodes)
  const provenance = fields.filter(({ name }) => name === 'provenance')
  const recordings = provenance.flatMap((field) =>
    selectedFields(scope, field.type, field.nodes).flatMap(({ name, key }) =>
      name === 'recordedAt' ? [{ provenanceKey: field.key, key }] : [],
    ),
  )
  const keysOf = (wanted: string) =>
    fields.flatMap(({ name, key }) => (name === wanted ? [key] : []))
  return {
    idKeys: keysOf('id'),
    provenanceKeys: provenance.map(({ key }) => key),
    duplicateKeys: keysOf('possibleDuplicateOf'),
    recording: recordings[0] ?? null,
  }
}

interface SelectedField {
  readonly key: string
  readonly name: string
  /** The object type of the field; the parent's own for leaves. */
  readonly type: GraphQLObjectType
  readonly nodes: readonly FieldNode[]
}

/** The fields that nodes select of an object, in order. */
export function selectedFields(
  scope: SelectionScope,
  parent: GraphQLObjectType,
  nodes: readonly FieldNode[],
): SelectedField[] {
  return [...collectFields(scope, parent, selectionSetsOf(nodes))].flatMap(([key, fieldNodes]) => {
    const name = fieldNodes[0]?.name.value
    if (name === undefined) return []
    const type = objectTypeOf(parent.getFields()[name]?.type) ?? parent
    return [{ key, name, type, nodes: fieldNodes }]
  })
}

function objectTypeOf(type: GraphQLOutputType | undefined): GraphQLObjectType | null {
  const named = type && getNamedType(type)
  return isObjectType(named) ? named : null
}
