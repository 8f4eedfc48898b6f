import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  getVariableValues,
  Kind,
  type OperationDefinitionNode,
  print,
} from 'graphql'
import { collectFields } from 'graphql/execution/collectFields.js'

/** One operation of a document with its variables, as the schema reads them. */
export interface ReadOperation {
  readonly operation: OperationDefinitionNode
  readonly variables: Readonly<Record<string, unknown>>
  /** The root fields that take part, by response key: directives are decided. */
  readonly rootFields: ReadonlyMap<string, FieldNode>
}

/**
 * Picks the operation and coerces its variables.
 *
 * @returns errors with code BAD_USER_INPUT that name the variable and its type, never its value
 */
export function readOperation(
  schema: GraphQLSchema,
  document: DocumentNode,
  request: { operationName?: string | undefined; variables?: Record<string, unknown> | undefined },
): ReadOperation | { readonly errors: readonly GraphQLError[] } {
  const operation = getOperationAST(document, request.operationName)
  if (!operation) return { errors: [badInput(noSuchOperation(request.operationName))] }
  const root = schema.getRootType(operation.operation)
  if (!root) return { errors: [badInput(`There is no ${operation.operation} in this graph.`)] }
  const { variableDefinitions = [] } = operation
  const { coerced, errors } = getVariableValues(
    schema,
    variableDefinitions,
    request.variables ?? {},
    { maxErrors: 20 },
  )
  if (errors) {
    const wrong = variableDefinitions.filter(({ variable }) =>
      errors.some(({ message }) => message.startsWith(`Variable "$${variable.name.value}" `)),
    )
    return {
      errors: wrong.map(({ variable, type }) =>
        badInput(`Variable "$${variable.name.value}" must be a ${print(type)}.`),
      ),
    }
  }
  const fields = collectFields(schema, fragmentsOf(document), coerced, root, operation.selectionSet)
  return {
    operation,
    variables: coerced,
    rootFields: new Map([...fields].flatMap(([key, [node]]) => (node ? [[key, node]] : []))),
  }
}

function fragmentsOf(document: DocumentNode): Record<string, FragmentDefinitionNode> {
  return Object.fromEntries(
    document.definitions.flatMap((node) =>
      node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node]] : [],
    ),
  )
}

function noSuchOperation(name: string | undefined): string {
  return name === undefined
    ? 'Say which operation to run: the document holds several, or none. Set operationName.'
    : 'The document holds no operation of the name given in operationName.'
}

function badInput(message: string): GraphQLError {
  return new GraphQLError(message, {
    extensions: { code: 'BAD_USER_INPUT', http: { status: 400 } },
  })
}
