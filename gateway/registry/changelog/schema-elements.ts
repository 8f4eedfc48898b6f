import {
  type GraphQLArgument,
  type GraphQLNamedType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  isRequiredArgument,
  isRequiredInputField,
  isSpecifiedScalarType,
  isUnionType,
} from 'graphql'

/** Something in a schema that a client can name. */
export interface SchemaElement {
  /** What it is in, by its coordinate; null for a type. */
  readonly within: string | null
  /** Its kind, or its type and default, as they are written. */
  readonly written: string
  readonly deprecationReason: string | null
  /** True for an argument or input field that whoever uses what it is in has to give. */
  readonly isRequired: boolean
}

/**
 * Everything in a schema that a client can name, by its coordinate: `Type`, `Type.field`, `Type.field(argument:)`,
 * `Enum.VALUE`, `Type implements Interface`.
 */
export function elementsOf(schema: GraphQLSchema): ReadonlyMap<string, SchemaElement> {
  const types = Object.values(schema.getTypeMap())
  return new Map(
    types.flatMap((type) =>
      isIntrospectionType(type) || isSpecifiedScalarType(type)
        ? []
        : [[type.name, element(null, kindOf(type))] as const, ...partsOf(type)],
    ),
  )
}

type Entry = readonly [coordinate: string, element: SchemaElement]

function partsOf(type: GraphQLNamedType): readonly Entry[] {
  const { name } = type
  if (isEnumType(type)) {
    return type
      .getValues()
      .map((value) => [`${name}.${value.name}`, element(name, 'value', value)] as const)
  }
  if (isInputObjectType(type)) {
    return Object.values(type.getFields()).map((field) => [
      `${name}.${field.name}`,
      element(name, writtenOf(field), { ...field, isRequired: isRequiredInputField(field) }),
    ])
  }
  if (isUnionType(type)) {
    return type.getTypes().map((one) => [`${name} = ${one.name}`, element(name, 'member')] as const)
  }
  if (!isObjectType(type) && !isInterfaceType(type)) return []
  const interfaces = type
    .getInterfaces()
    .map((one) => [`${name} implements ${one.name}`, element(name, 'interface')] as const)
  const fields = Object.values(type.getFields()).flatMap((field): Entry[] => {
    const coordinate = `${name}.${field.name}`
    const args = field.args.map((arg) => argumentEntry(coordinate, arg))
    return [[coordinate, element(name, String(field.type), field)], ...args]
  })
  return [...interfaces, ...fields]
}

function argumentEntry(field: string, arg: GraphQLArgument): Entry {
  const more = { ...arg, isRequired: isRequiredArgument(arg) }
  return [`${field}(${arg.name}:)`, element(field, writtenOf(arg), more)]
}

function writtenOf({ type, defaultValue }: Pick<GraphQLArgument, 'type' | 'defaultValue'>): string {
  return defaultValue === undefined ? String(type) : `${type} = ${JSON.stringify(defaultValue)}`
}

function element(
  within: string | null,
  written: string,
  more: {
    readonly deprecationReason?: string | null | undefined
    readonly isRequired?: boolean
  } = {},
): SchemaElement {
  const { deprecationReason = null, isRequired = false } = more
  return { within, written, deprecationReason, isRequired }
}

function kindOf(type: GraphQLNamedType): string {
  if (isEnumType(type)) return 'enum'
  if (isInputObjectType(type)) return 'input'
  if (isInterfaceType(type)) return 'interface'
  if (isUnionType(type)) return 'union'
  return isObjectType(type) ? 'type' : 'scalar'
}
