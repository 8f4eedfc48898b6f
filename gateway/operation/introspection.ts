import {
  type DocumentNode,
  executeSync,
  type FieldNode,
  type GraphQLSchema,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
  visit,
} from 'graphql'

const INTROSPECTION = new Set(['__schema', '__type'])

/** True for a root field that asks about the schema. */
export function isIntrospection(field: FieldNode): boolean {
  return INTROSPECTION.has(field.name.value)
}

/** Answers the introspection in an operation, and nothing else of it. */
export function introspect(
  schema: GraphQLSchema,
  document: DocumentNode,
  request: { operationName?: string | undefined; variables: Readonly<Record<string, unknown>> },
): Record<string, unknown> {
  const result = executeSync({
    schema,
    document: keepRootFields(document, isIntrospection),
    variableValues: request.variables,
    operationName: request.operationName,
  })
  return { ...result.data }
}

/** The document without its introspection. */
export function withoutIntrospection(document: DocumentNode): DocumentNode {
  return keepRootFields(document, (field) => !isIntrospection(field))
}

/**
 * Root fields are recognised by name and depth: in an operation's own selection and in the fragments
 * on `Query`, inline or named. Introspection fields exist on no other type.
 */
function keepRootFields(document: DocumentNode, keep: (field: FieldNode) => boolean): DocumentNode {
  return visit(document, {
    OperationDefinition: (node) => ({ ...node, selectionSet: prune(node.selectionSet, keep) }),
    FragmentDefinition: (node) =>
      node.typeCondition.name.value === 'Query'
        ? { ...node, selectionSet: prune(node.selectionSet, keep) }
        : undefined,
  })
}

function prune(set: SelectionSetNode, keep: (field: FieldNode) => boolean): SelectionSetNode {
  const selections = set.selections.flatMap((selection): SelectionNode[] => {
    if (selection.kind === Kind.FIELD) {
      return isTypename(selection) || keep(selection) ? [selection] : []
    }
    if (selection.kind === Kind.FRAGMENT_SPREAD) return [selection]
    return [{ ...selection, selectionSet: prune(selection.selectionSet, keep) }]
  })
  return { ...set, selections: selections.length > 0 ? selections : [TYPENAME] }
}

function isTypename(field: FieldNode): boolean {
  return field.name.value === '__typename'
}

const TYPENAME: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } }
