import {
  buildASTSchema,
  concatAST,
  type DocumentNode,
  type GraphQLFieldResolver,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  isObjectType,
  isUnionType,
  parse,
} from 'graphql'

/** Resolvers by type and field; `__resolveReference` finds an entity by its key. */
export type SubgraphResolvers = Readonly<Record<string, Readonly<Record<string, unknown>>>>

type ResolveReference = (
  reference: object,
  context: unknown,
  info: GraphQLResolveInfo,
) => object | null | Promise<object | null>

/**
 * A subgraph's schema, executable, with what Federation 2 asks of every subgraph: `_entities` and
 * `_service`. The document is one that `lcr compose` has composed, so it is not checked again: see
 * docs/decisions/0006-subgraphs-without-the-composer.md.
 *
 * @param sdl what `_service` tells
 */
export function buildExecutableSubgraph(
  document: DocumentNode,
  resolvers: SubgraphResolvers,
  sdl: () => string,
): GraphQLSchema {
  const entities = Object.keys(resolvers).filter((type) => resolvers[type]?.['__resolveReference'])
  const schema = buildASTSchema(concatAST([document, federationPart(entities)]), {
    assumeValid: true,
    assumeValidSDL: true,
  })
  const query = schema.getQueryType()
  if (!query) throw new Error('A subgraph has a Query type')
  for (const [name, fields] of Object.entries(resolvers)) {
    const type = schema.getType(name)
    if (!isObjectType(type)) throw new Error(`There are resolvers for '${name}', which is no type`)
    setResolvers(type, fields)
  }
  setResolvers(query, {
    _service: () => ({ sdl: sdl() }),
    _entities: (
      _root: unknown,
      { representations }: { representations: readonly { __typename: string }[] },
      context: unknown,
      info: GraphQLResolveInfo,
    ) => representations.map((reference) => resolveEntity(resolvers, reference, context, info)),
  })
  const entity = schema.getType('_Entity')
  if (isUnionType(entity)) {
    entity.resolveType = (value: { readonly __typename: string }) => value.__typename
  }
  return schema
}

function federationPart(entities: readonly string[]): DocumentNode {
  return parse(`scalar _Any
union _Entity = ${entities.join(' | ')}
type _Service { sdl: String! }
extend type Query { _entities(representations: [_Any!]!): [_Entity]! _service: _Service! }
scalar federation__FieldSet
scalar link__Import
directive @link(url: String!, import: [link__Import]) repeatable on SCHEMA
directive @key(fields: federation__FieldSet!, resolvable: Boolean = true) repeatable on OBJECT
directive @shareable repeatable on OBJECT | FIELD_DEFINITION
directive @inaccessible on OBJECT | FIELD_DEFINITION`)
}

function setResolvers(type: GraphQLObjectType, resolvers: Readonly<Record<string, unknown>>): void {
  const fields = type.getFields()
  for (const [name, resolve] of Object.entries(resolvers)) {
    if (name === '__resolveReference') continue
    const field = fields[name]
    if (!field) throw new Error(`There is a resolver for '${type.name}.${name}', which is no field`)
    field.resolve = resolve as GraphQLFieldResolver<unknown, unknown>
  }
}

async function resolveEntity(
  resolvers: SubgraphResolvers,
  reference: { readonly __typename: string },
  context: unknown,
  info: GraphQLResolveInfo,
): Promise<object | null> {
  const { __typename } = reference
  const resolve = resolvers[__typename]?.['__resolveReference'] as ResolveReference | undefined
  if (!resolve) throw new Error('An entity was asked for that this subgraph does not have')
  const found = await resolve(reference, context, info)
  return found && { ...found, __typename }
}
