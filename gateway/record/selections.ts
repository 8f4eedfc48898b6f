import {
  type ArgumentNode,
  type DirectiveNode,
  type FieldNode,
  Kind,
  type NameNode,
  parse,
  type SelectionNode,
  type ValueNode,
  type VariableNode,
} from 'graphql'

/** A name in a document. */
export function nameNode(value: string): NameNode {
  return { kind: Kind.NAME, value }
}

/** A variable in a document. */
export function variableNode(name: string): VariableNode {
  return { kind: Kind.VARIABLE, name: nameNode(name) }
}

/** An argument with its value. */
export function argumentNode(name: string, value: ValueNode): ArgumentNode {
  return { kind: Kind.ARGUMENT, name: nameNode(name), value }
}

/** A field under a response key of our own. */
export function fieldNode(
  key: string,
  name: string,
  selections: readonly SelectionNode[] = [],
  directives: readonly DirectiveNode[] = [],
): FieldNode {
  return {
    kind: Kind.FIELD,
    ...(key !== name && { alias: nameNode(key) }),
    name: nameNode(name),
    directives,
    ...(selections.length > 0 && { selectionSet: { kind: Kind.SELECTION_SET, selections } }),
  }
}

/** The selections of a text such as `{ id code { display } }`. */
export function selectionsOf(text: string): readonly SelectionNode[] {
  const [definition] = parse(text, { noLocation: true }).definitions
  return definition?.kind === Kind.OPERATION_DEFINITION ? definition.selectionSet.selections : []
}
