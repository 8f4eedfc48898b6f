import {
  type DocumentNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  visit,
} from 'graphql'

/** A document's fragments by name. */
export type Fragments = ReadonlyMap<string, FragmentDefinitionNode>

/** A document's fragments, by name. */
export function fragmentsOf(document: DocumentNode): Fragments {
  return new Map(
    document.definitions.flatMap((definition) =>
      definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition]] : [],
    ),
  )
}

/** One operation with the fragments that it reaches and the variables that these use, no more. */
export function withUsedDefinitions(
  operation: OperationDefinitionNode,
  fragments: Fragments,
): DocumentNode {
  const used = reachableFragments(operation.selectionSet, fragments)
  const variables = new Set<string>()
  const note = {
    Variable: (node: { name: { value: string } }) => void variables.add(node.name.value),
  }
  visit(operation.selectionSet, note)
  for (const directive of operation.directives ?? []) visit(directive, note)
  for (const fragment of used) visit(fragment, note)
  const variableDefinitions = operation.variableDefinitions?.filter((definition) =>
    variables.has(definition.variable.name.value),
  )
  return {
    kind: Kind.DOCUMENT,
    definitions: [{ ...operation, variableDefinitions: variableDefinitions ?? [] }, ...used],
  }
}

/** The fragments that a selection reaches, directly or through others, in the document's order. */
function reachableFragments(
  selectionSet: SelectionSetNode,
  fragments: Fragments,
): FragmentDefinitionNode[] {
  const reached = new Set<string>()
  const follow = (node: SelectionSetNode) => {
    visit(node, {
      FragmentSpread({ name: { value } }) {
        const fragment = fragments.get(value)
        if (!fragment || reached.has(value)) return
        reached.add(value)
        follow(fragment.selectionSet)
      },
    })
  }
  follow(selectionSet)
  return [...fragments.values()].filter((fragment) => reached.has(fragment.name.value))
}
