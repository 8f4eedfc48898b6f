import { type GraphQLSchema, getNamedType, isObjectType, type SelectionNode } from 'graphql'
import { fieldNode } from './selections.ts'

/** The contract's type of one code of one terminology. */
const CODING = 'Coding'

/** What of a coding tells what it is. */
const CODE = [fieldNode('system', 'system'), fieldNode('code', 'code')]

/**
 * The selection of every coding that an entry can hold, at any depth, whatever the client selects:
 * what is never shared is known by it.
 *
 * @param hidden fields that the asking role may not see, as `Type.field`: they are not asked for
 */
export function entryCodings(
  schema: GraphQLSchema,
  connectionType: string,
  hidden: ReadonlySet<string>,
): readonly SelectionNode[] {
  const edge = fieldTypeOf(schema, connectionType, 'edges')
  const entry = edge && fieldTypeOf(schema, edge, 'node')
  return entry ? codingsIn(schema, entry, { hidden, within: [] }) : []
}

function codingsIn(
  schema: GraphQLSchema,
  typeName: string,
  how: { readonly hidden: ReadonlySet<string>; readonly within: readonly string[] },
): SelectionNode[] {
  const type = schema.getType(typeName)
  if (!isObjectType(type) || how.within.includes(typeName)) return []
  if (typeName === CODING) return CODE
  const within = [...how.within, typeName]
  return Object.values(type.getFields()).flatMap((field) => {
    if (field.args.length > 0 || how.hidden.has(`${typeName}.${field.name}`)) return []
    const selections = codingsIn(schema, getNamedType(field.type).name, { ...how, within })
    return selections.length > 0 ? [fieldNode(field.name, field.name, selections)] : []
  })
}

function fieldTypeOf(schema: GraphQLSchema, typeName: string, field: string): string | null {
  const type = schema.getType(typeName)
  const found = isObjectType(type) ? type.getFields()[field] : undefined
  return found ? getNamedType(found.type).name : null
}
