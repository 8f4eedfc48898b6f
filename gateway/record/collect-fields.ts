import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLObjectType,
  type GraphQLSchema,
  isAbstractType,
  type NamedTypeNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql'

/** What a selection means: the schema, the document's fragments, and the request's conditions. */
export interface SelectionScope {
  readonly schema: GraphQLSchema
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>
  isIncluded(node: SelectionNode): boolean
}

/**
 * The fields of an object by response key, in the order of the answer: CollectFields of the GraphQL
 * specification (October 2021, 6.3.2), over several selection sets of one object.
 */
export function collectFields(
  scope: SelectionScope,
  type: GraphQLObjectType,
  selectionSets: readonly SelectionSetNode[],
): Map<string, FieldNode[]> {
  const fields = new Map<string, FieldNode[]>()
  const visited = new Set<string>()
  for (const selectionSet of selectionSets) collect(selectionSet)
  return fields

  function collect({ selections }: SelectionSetNode): void {
    for (const node of selections) {
      if (!scope.isIncluded(node)) continue
      if (node.kind === 'Field') {
        const key = (node.alias ?? node.name).value
        const nodes = fields.get(key)
        if (nodes) nodes.push(node)
        else fields.set(key, [node])
      } else if (node.kind === 'InlineFragment') {
        if (applies(scope.schema, type, node.typeCondition)) collect(node.selectionSet)
      } else if (!visited.has(node.name.value)) {
        visited.add(node.name.value)
        const fragment = scope.fragments.get(node.name.value)
        if (fragment && applies(scope.schema, type, fragment.typeCondition)) {
          collect(fragment.selectionSet)
        }
      }
    }
  }
}

/** The selection sets of the nodes of one field. */
export function selectionSetsOf(nodes: readonly FieldNode[]): SelectionSetNode[] {
  return nodes.flatMap((node) => node.selectionSet ?? [])
}

function applies(
  schema: GraphQLSchema,
  type: GraphQLObjectType,
  condition: NamedTypeNode | undefined,
): boolean {
  if (!condition || condition.name.value === type.name) return true
  const wanted = schema.getType(condition.name.value)
  return isAbstractType(wanted) && schema.isSubType(wanted, type)
}
