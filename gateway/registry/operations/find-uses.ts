import {
  type DocumentNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isInterfaceType,
  isObjectType,
  parse,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql'
import { elementsOf } from '../changelog/schema-elements.ts'

/**
 * Which of some operations ask for an element of the schema. A field that is selected on an interface
 * counts for every type that has the interface.
 *
 * @param coordinate `Type`, `Type.field` or `Type.field(argument:)`
 * @returns for each operation whether it does; null when the schema has no such element
 */
export function findUses(
  schema: GraphQLSchema,
  coordinate: string,
  texts: readonly string[],
): boolean[] | null {
  if (!isAskedFor(schema, coordinate)) return null
  return texts.map((text) => {
    const document = read(text)
    return document !== null && usesOf(schema, document).has(coordinate)
  })
}

/** Values, and what of an input is given, are left out of the texts: nothing could be said of them. */
function isAskedFor(schema: GraphQLSchema, coordinate: string): boolean {
  if (!elementsOf(schema).has(coordinate) || coordinate.includes(' ')) return false
  const [name = '', ...rest] = coordinate.split('.')
  const type = schema.getType(name)
  return rest.length === 0 || isObjectType(type) || isInterfaceType(type)
}

function read(text: string): DocumentNode | null {
  try {
    return parse(text, { noLocation: true })
  } catch {
    return null
  }
}

/** The coordinates of everything that an operation names, or gets without naming it. */
function usesOf(schema: GraphQLSchema, document: DocumentNode): ReadonlySet<string> {
  const uses = new Set<string>()
  const info = new TypeInfo(schema)
  const use = (type: GraphQLNamedType | null | undefined) => {
    if (type) uses.add(type.name)
  }
  visit(
    document,
    visitWithTypeInfo(info, {
      Field({ name: { value: field } }) {
        const parent = info.getParentType()
        for (const type of typesOf(schema, parent)) uses.add(`${type.name}.${field}`)
        const type = info.getType()
        if (type) use(getNamedType(type))
      },
      Argument({ name: { value: argument } }) {
        const field = info.getFieldDef()?.name
        for (const type of typesOf(schema, info.getParentType())) {
          uses.add(`${type.name}.${field}(${argument}:)`)
        }
      },
      InlineFragment: ({ typeCondition }) => use(schema.getType(typeCondition?.name.value ?? '')),
      FragmentDefinition: ({ typeCondition }) => use(schema.getType(typeCondition.name.value)),
      NamedType: ({ name }) => use(schema.getType(name.value)),
    }),
  )
  return uses
}

function typesOf(
  schema: GraphQLSchema,
  parent: GraphQLNamedType | null | undefined,
): readonly GraphQLNamedType[] {
  if (isAbstractType(parent)) return [parent, ...schema.getPossibleTypes(parent)]
  return isObjectType(parent) ? [parent] : []
}
