import { type DocumentNode, Kind, type OperationDefinitionNode, visit } from 'graphql'
import { variableNode } from './selections.ts'
import { readValue, type Variables } from './values.ts'

/** The variables of `@skip` and `@include`, in a fixed order. */
export function conditionVariables(document: DocumentNode): string[] {
  const names = new Set<string>()
  visit(document, {
    Directive({ name, arguments: given = [] }) {
      if (name.value !== 'skip' && name.value !== 'include') return
      for (const { value } of given) if (value.kind === Kind.VARIABLE) names.add(value.name.value)
    },
  })
  return [...names].sort()
}

/** Which of these variables are true in a request, as text: equal where the same is left out. */
export function conditionsIn(
  names: readonly string[],
  operation: OperationDefinitionNode,
  variables: Variables,
): string {
  return names
    .map((name) => (readValue(variableNode(name), operation, variables) === true ? '1' : '0'))
    .join('')
}
