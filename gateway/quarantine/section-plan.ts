import {
  type FieldNode,
  type GraphQLOutputType,
  getNamedType,
  isObjectType,
  type OperationDefinitionNode,
} from 'graphql'
import type { SelectionScope } from '../record/collect-fields.ts'
import { selectedFields } from '../record/connection-shape.ts'
import { modelOf } from '../record/model.ts'
import { readValue, type Variables } from '../record/values.ts'

/** Where a list of entries stands in a section, and where the id of each stands. */
export interface ListPlan {
  readonly key: string
  readonly type: string
  /** The way from an element of the list to its entry's id; null where it was not asked for. */
  readonly id: readonly string[] | null
}

/** Where in a section stands what can be held against the rest of it, by response keys. */
export interface SectionPlan {
  readonly type: string
  /** The list that tells the place of each entry; null where no entries were asked for. */
  readonly places: { readonly key: string; readonly cursor: string; readonly type: string } | null
  /** Every list of the same entries. */
  readonly lists: readonly ListPlan[]
  readonly status: readonly string[]
  readonly stated: readonly string[]
  /** Where it says that it keeps something back. */
  readonly keptBack: readonly string[]
  readonly notShared: readonly string[]
  readonly pages: readonly { readonly key: string; readonly hasNext: string }[]
  /** What was asked of the section, by the arguments' names. */
  argumentsOf(variables: Variables): Readonly<Record<string, unknown>>
}

/** A field of a record, as it was selected. */
interface SelectedField {
  readonly name: string
  readonly type: GraphQLOutputType
  readonly nodes: readonly FieldNode[]
}

/**
 * What a section's parts are told by; null for a field that is none of the contract's: what a
 * participant adds is its own affair.
 */
export function sectionPlan(
  scope: SelectionScope,
  field: SelectedField,
  operation: OperationDefinitionNode,
): SectionPlan | null {
  const type = getNamedType(field.type)
  const section = modelOf(scope.schema).sections.get(field.name)
  if (!isObjectType(type) || type.name !== section?.connectionType) return null
  const parts = selectedFields(scope, type, field.nodes)
  const keysOf = (name: string) => parts.filter((one) => one.name === name).map(({ key }) => key)
  const within = (part: (typeof parts)[0], name: string) =>
    selectedFields(scope, part.type, part.nodes).find((one) => one.name === name)
  const edges = parts.filter(({ name }) => name === 'edges')
  const [places = null] = edges.flatMap((part) => {
    const cursor = within(part, 'cursor')
    return cursor ? [{ key: part.key, cursor: cursor.key, type: part.type.name }] : []
  })
  const lists = parts.flatMap((part): ListPlan[] => {
    const node = part.name === 'edges' ? within(part, 'node') : part
    if (!node || (part.name !== 'edges' && part.name !== 'nodes')) return []
    const id = within(node, 'id')
    const before = part.name === 'edges' ? [node.key] : []
    return [{ key: part.key, type: node.type.name, id: id ? [...before, id.key] : null }]
  })
  const [node] = field.nodes
  return {
    type: type.name,
    places,
    lists,
    status: keysOf('status'),
    stated: keysOf('statedNoneKnown'),
    keptBack: [...keysOf('notUnderstood'), ...keysOf('notShared')],
    notShared: keysOf('notShared'),
    pages: parts.flatMap((part) => {
      const hasNext = part.name === 'pageInfo' ? within(part, 'hasNextPage') : undefined
      return hasNext ? [{ key: part.key, hasNext: hasNext.key }] : []
    }),
    argumentsOf: (variables) =>
      Object.fromEntries(
        (node?.arguments ?? []).map(({ name, value }) => [
          name.value,
          readValue(value, operation, variables),
        ]),
      ),
  }
}
