import { type FieldNode, type GraphQLSchema, getArgumentValues } from 'graphql'
import type { ReadOperation } from '../../operation/read-operation.ts'

/** The arguments of a root field, by their names. */
export function argumentsOf(
  schema: GraphQLSchema,
  { operation, variables }: ReadOperation,
  node: FieldNode,
): Record<string, unknown> {
  const field = schema.getRootType(operation.operation)?.getFields()[node.name.value]
  try {
    return field ? getArgumentValues(field, node, variables) : {}
  } catch {
    // A variable is left out where one is needed, for which the request is refused: it is written without.
    return {}
  }
}
