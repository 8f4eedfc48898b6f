import {
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  isObjectType,
} from 'graphql'

/** A selection of every field of a type, and of theirs. Fields that lead back are left out. */
export function wholeSelection(
  schema: GraphQLSchema,
  typeName: string,
  above: readonly string[] = [],
): string {
  const type = schema.getType(typeName)
  if (!isObjectType(type)) return ''
  const fields = Object.values(type.getFields()).flatMap((field) => {
    const inner = innerType(field.type)
    if (inner === null) return [field.name]
    if (above.includes(inner)) return []
    const selection = wholeSelection(schema, inner, [...above, typeName])
    return selection === '' ? [] : [`${field.name} ${selection}`]
  })
  return `{ ${fields.join(' ')} }`
}

function innerType(type: GraphQLOutputType): string | null {
  const named = getNamedType(type)
  return isCompositeType(named) ? named.name : null
}
