import {
  type OperationDefinitionNode,
  type SelectionNode,
  type ValueNode,
  valueFromASTUntyped,
} from 'graphql'

/** A request's variables, by name. */
export type Variables = Readonly<Record<string, unknown>>

/** What a literal or variable stands for in this request; undefined for a variable without a value. */
export function readValue(
  node: ValueNode,
  operation: OperationDefinitionNode,
  variables: Variables,
): unknown {
  if (node.kind === 'ListValue') {
    return node.values.map((value) => readValue(value, operation, variables))
  }
  if (node.kind !== 'Variable') return valueFromASTUntyped(node)
  const name = node.name.value
  if (Object.hasOwn(variables, name) && variables[name] !== undefined) return variables[name]
  const definition = operation.variableDefinitions?.find((one) => one.variable.name.value === name)
  return definition?.defaultValue ? valueFromASTUntyped(definition.defaultValue) : undefined
}

/** Whether `@skip` and `@include` leave a selection in this request's answer. */
export function isIncluded(
  node: SelectionNode,
  operation: OperationDefinitionNode,
  variables: Variables,
): boolean {
  return (node.directives ?? []).every((directive) => {
    const name = directive.name.value
    if (name !== 'skip' && name !== 'include') return true
    const condition = directive.arguments?.find((argument) => argument.name.value === 'if')
    if (!condition) return true
    return (readValue(condition.value, operation, variables) === true) === (name === 'include')
  })
}
