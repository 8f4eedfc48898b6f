import {
  type GraphQLFieldConfigMap,
  type GraphQLInterfaceType,
  GraphQLList,
  type GraphQLNamedType,
  GraphQLObjectType,
  type GraphQLOutputType,
  GraphQLSchema,
  GraphQLString,
  getNamedType,
  GraphQLInterfaceType as Interface,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  isUnionType,
  GraphQLUnionType as Union,
} from 'graphql'

/**
 * A schema on which an operation can be rehearsed: the same types and fields as clients see, every
 * one nullable and without arguments, every object empty, every place where objects of several types can
 * stand a list of one of each. It holds no data, and reaches none.
 */
export function toStubSchema(schema: GraphQLSchema): GraphQLSchema {
  const stubs = new Map<string, GraphQLNamedType>()

  function stubOf(type: GraphQLNamedType): GraphQLNamedType {
    const known = stubs.get(type.name)
    if (known) return known
    const stub = makeStub(type)
    stubs.set(type.name, stub)
    return stub
  }

  function makeStub(type: GraphQLNamedType): GraphQLNamedType {
    const { name } = type
    if (isObjectType(type)) {
      const interfaces = () => type.getInterfaces().map((each) => stubOf(each) as Interface)
      return new GraphQLObjectType({ name, interfaces, fields: () => fieldsOf(type) })
    }
    if (isInterfaceType(type)) {
      const interfaces = () => type.getInterfaces().map((each) => stubOf(each) as Interface)
      return new Interface({ name, interfaces, fields: () => fieldsOf(type), resolveType })
    }
    if (isUnionType(type)) {
      const types = () => type.getTypes().map((each) => stubOf(each) as GraphQLObjectType)
      return new Union({ name, types, resolveType })
    }
    return type
  }

  function fieldsOf(type: GraphQLObjectType | GraphQLInterfaceType) {
    const fields: GraphQLFieldConfigMap<unknown, unknown> = {}
    for (const { name, type: given } of Object.values(type.getFields())) {
      const stub = stubValue(schema, given)
      fields[name] = { type: toStubType(given), resolve: () => stub }
    }
    return fields
  }

  function toStubType(type: GraphQLOutputType): GraphQLOutputType {
    if (isNonNullType(type)) return toStubType(type.ofType)
    if (isListType(type)) return new GraphQLList(toStubType(type.ofType))
    // Values never come, so what a leaf would look like does not matter.
    if (!isCompositeType(type)) return GraphQLString
    const stub = stubOf(type) as GraphQLOutputType
    return isAbstractType(type) ? new GraphQLList(stub) : stub
  }

  const query = schema.getQueryType()
  const mutation = schema.getMutationType()
  return new GraphQLSchema({
    query: query ? (stubOf(query) as GraphQLObjectType) : null,
    mutation: mutation ? (stubOf(mutation) as GraphQLObjectType) : null,
    types: Object.values(schema.getTypeMap())
      .filter((type) => isObjectType(type) && !type.name.startsWith('__'))
      .map(stubOf),
  })
}

interface Stub {
  readonly __typename: string
}

function resolveType({ __typename }: Stub): string {
  return __typename
}

function stubValue(schema: GraphQLSchema, type: GraphQLOutputType): unknown {
  const named = getNamedType(type)
  if (!isCompositeType(named)) return null
  const types = isAbstractType(named) ? schema.getPossibleTypes(named) : [named]
  const stubs = types.map(({ name }): Stub => ({ __typename: name }))
  return within(type, stubs)
}

function within(type: GraphQLOutputType, stubs: readonly Stub[]): unknown {
  if (isNonNullType(type)) return within(type.ofType, stubs)
  if (isListType(type)) return [within(type.ofType, stubs)]
  return isAbstractType(type) ? stubs : (stubs[0] ?? null)
}
