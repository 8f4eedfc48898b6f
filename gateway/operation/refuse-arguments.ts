import {
  type DocumentNode,
  type FieldNode,
  GraphQLError,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isInterfaceType,
  isObjectType,
  Kind,
  type SelectionSetNode,
  valueFromAST,
} from 'graphql'
import { fragmentsOf } from '../record/used-definitions.ts'
import { isIncluded } from '../record/values.ts'
import { type AskedField, checkArguments, type Given } from './check-arguments.ts'
import type { ReadOperation } from './read-operation.ts'

/** No client mends more at a time. */
const MOST_ERRORS = 20

/** A selection, and where it stands. */
interface Place {
  readonly type: GraphQLNamedType | undefined
  readonly path: readonly string[]
}

/**
 * Refuses an operation with arguments that no source could use, before anybody is looked up or asked: a
 * client's mistake is not to look like sources that fail. The arguments of root fields are read where
 * these are answered.
 *
 * @returns errors with code BAD_USER_INPUT that name the argument, never its value; none for an operation
 *   that may go on
 */
export function refuseArguments(
  schema: GraphQLSchema,
  document: DocumentNode,
  { operation, variables }: ReadOperation,
): GraphQLError[] {
  const fragments = fragmentsOf(document)
  const walked = new Set<string>()
  const errors: GraphQLError[] = []

  const walk = ({ selections }: SelectionSetNode, { type, path }: Place): void => {
    for (const node of selections) {
      if (errors.length >= MOST_ERRORS || !isIncluded(node, operation, variables)) continue
      if (node.kind === Kind.FIELD) walkField(node, { type, path })
      else if (node.kind === Kind.INLINE_FRAGMENT) {
        const condition = node.typeCondition?.name.value
        walk(node.selectionSet, { type: condition ? schema.getType(condition) : type, path })
      } else walkFragment(node.name.value, path)
    }
  }
  const walkField = (node: FieldNode, { type, path }: Place): void => {
    const fields = isObjectType(type) || isInterfaceType(type) ? type.getFields() : {}
    const field = fields[node.name.value]
    if (!type || !field) return
    const own = [...path, (node.alias ?? node.name).value]
    if (path.length > 0 && node.arguments?.length) {
      errors.push(...problemsOf(node, { parent: type.name, field }, own))
    }
    if (node.selectionSet) walk(node.selectionSet, { type: getNamedType(field.type), path: own })
  }
  /** Once is enough: wherever it is spread, its fields and their arguments are the same. */
  const walkFragment = (name: string, path: readonly string[]): void => {
    const fragment = fragments.get(name)
    if (!fragment || walked.has(name)) return
    walked.add(name)
    const type = schema.getType(fragment.typeCondition.name.value)
    walk(fragment.selectionSet, { type, path })
  }
  const problemsOf = (node: FieldNode, asked: AskedField, path: readonly string[]) => {
    try {
      checkArguments(schema, asked, readGiven(node, asked, variables))
      return []
    } catch (error) {
      if (error instanceof GraphQLError) return [located(error, node, path)]
      throw error
    }
  }
  walk(operation.selectionSet, {
    type: schema.getRootType(operation.operation) ?? undefined,
    path: [],
  })
  return errors
}

function readGiven(
  { arguments: nodes = [] }: FieldNode,
  { field }: AskedField,
  variables: ReadOperation['variables'],
): Given {
  return Object.fromEntries(
    nodes.flatMap(({ name, value }) => {
      const argument = field.args.find((one) => one.name === name.value)
      return argument ? [[name.value, valueFromAST(value, argument.type, variables)]] : []
    }),
  )
}

function located(
  { message, extensions }: GraphQLError,
  node: FieldNode,
  path: readonly string[],
): GraphQLError {
  return new GraphQLError(message, {
    nodes: node.arguments?.find(({ name }) => name.value === extensions['argument']) ?? node,
    path: [...path],
    extensions: { ...extensions, http: { status: 400 } },
  })
}
