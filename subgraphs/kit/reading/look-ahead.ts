import { type FieldNode, type GraphQLResolveInfo, getArgumentValues, isObjectType } from 'graphql'
import { collectSubfields } from 'graphql/execution/collectFields.js'

/** A field that will be resolved below the present one, and its arguments. */
export interface FieldAhead {
  readonly name: string
  readonly args: Readonly<Record<string, unknown>>
}

/**
 * The fields of one type that the present selection will resolve, fragments, `@skip` and `@include`
 * considered. Fields whose arguments cannot be read are left out: their own resolver will say so.
 */
export function fieldsAhead(info: GraphQLResolveInfo, typeName: string): FieldAhead[] {
  const type = info.schema.getType(typeName)
  if (!isObjectType(type)) return []
  const definitions = type.getFields()
  const { schema, fragments, variableValues, fieldNodes } = info
  const selected = collectSubfields(schema, fragments, variableValues, type, fieldNodes)
  return [...selected.values()].flatMap(([node]) => {
    const definition = node && definitions[node.name.value]
    return node && definition ? toField(node, definition, variableValues) : []
  })
}

function toField(
  node: FieldNode,
  definition: Parameters<typeof getArgumentValues>[0],
  variableValues: GraphQLResolveInfo['variableValues'],
): FieldAhead[] {
  try {
    return [{ name: node.name.value, args: getArgumentValues(definition, node, variableValues) }]
  } catch {
    return []
  }
}
