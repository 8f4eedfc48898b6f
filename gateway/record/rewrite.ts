import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  isAbstractType,
  Kind,
  type OperationDefinitionNode,
  print,
  type SelectionSetNode,
  TypeInfo,
  type VariableDefinitionNode,
  visit,
  visitWithTypeInfo,
} from 'graphql'
import { conditionVariables } from './conditions.ts'
import { withCodings } from './connection-selection.ts'
import { entryCodings } from './entry-codings.ts'
import type { GeneratedPages } from './generated-pages.ts'
import { modelOf, PATIENT } from './model.ts'
import { deniedKey, isGenerated, refuseGeneratedNames, TYPE_KEY } from './names.ts'
import type { PageArguments } from './pages.ts'
import { type RewriteContext, rewritePatientSelection } from './patient-selection.ts'
import { fieldNode, nameNode, variableNode } from './selections.ts'
import type { Shape } from './shape.ts'
import { TIMELINE } from './timeline/names.ts'
import { type Fragments, fragmentsOf, withUsedDefinitions } from './used-definitions.ts'
import type { Variables } from './values.ts'

/** What of a record the asking role may see. */
export interface Reader {
  /** What it may not see within an entry, as `Type.field`. */
  readonly hidden: ReadonlySet<string>
  /** Whether it may see a section. */
  sees(section: string): boolean
}

/** How an operation is rewritten. */
export interface RewriteOptions {
  readonly operationName?: string | null | undefined
  /** What of the record the asking role may see; everything when left out. */
  readonly reader?: Reader
  /** Values of those variables that say which sections a timeline covers. */
  readonly variables?: Variables
}

/**
 * A client's operation made ready for the supergraph. It holds for every value of its variables but
 * those that say which sections a timeline covers.
 */
export interface RewrittenOperation {
  /** The one operation, valid against the supergraph's API schema. */
  readonly document: DocumentNode
  /** The same as text: equal for equal operations, so that query plans can be kept by it. */
  readonly text: string
  readonly operationName: string | undefined
  /** True when no source has to be asked (introspection only): merge with `data: {}` then. */
  readonly isLocal: boolean
  /** The client's variables that the document still uses. */
  readonly clientVariables: readonly string[]
  /** The merged fields' pages, whose variables are added for each request. */
  readonly pages: readonly PageArguments[]
  readonly plan: RecordPlan
}

/** What merging needs of the client's operation. */
export interface RecordPlan {
  readonly schema: GraphQLSchema
  readonly operation: OperationDefinitionNode
  readonly fragments: Fragments
  /** The generated page of a merged field, by the text of its paging arguments. */
  readonly generatedPages: GeneratedPages
  /** The sections that the reader may see, in the contract's order. */
  readonly visible: readonly string[]
  /** False when the reader is denied nothing of what is asked. */
  readonly mayLack: boolean
  /** Variables that decide what is left out, and the shapes of the answer that they lead to. */
  readonly conditions: readonly string[]
  readonly shapes: Map<string, Shape>
}

/**
 * Turns an operation on the public schema into one on the supergraph: in every selection of a
 * patient all merged fields become one selection on the sources' records. It reads no values of
 * variables, so it is made once for each document; but for a timeline's choice of sections, since
 * conditions on sixteen of them take the planner several times as long.
 *
 * @param document valid against the public schema
 * @throws GraphQLError BAD_USER_INPUT for reserved names or an unknown operation name
 */
export function rewriteOperation(
  publicSchema: GraphQLSchema,
  document: DocumentNode,
  { operationName, reader = EVERYTHING, variables = {} }: RewriteOptions = {},
): RewrittenOperation {
  const asked = getOperationAST(document, operationName)
  if (!asked) {
    throw new GraphQLError(
      'The document has no such operation, or several and no name was given.',
      {
        extensions: { code: 'BAD_USER_INPUT' },
      },
    )
  }
  const client = withUsedDefinitions(asked, fragmentsOf(document))
  refuseGeneratedNames(client)
  const operation = operationOf(client)
  const pages: GeneratedPages = new Map()
  const sections = [...modelOf(publicSchema).sections.keys()]
  const visible = sections.filter((name) => reader.sees(name))
  const given = { pages, visible, operation, variables, hidden: reader.hidden }
  const federated = toFederated(publicSchema, client, given)
  const declared = operationOf(federated).variableDefinitions ?? []
  return {
    document: federated,
    text: print(federated),
    operationName: asked.name?.value,
    isLocal: asksNothing(federated),
    clientVariables: declared
      .map(({ variable }) => variable.name.value)
      .filter((name) => !isGenerated(name)),
    pages: [...pages.values()],
    plan: {
      schema: publicSchema,
      operation,
      fragments: fragmentsOf(client),
      generatedPages: pages,
      visible,
      mayLack: mayLack(client, visible.length < sections.length),
      conditions: conditionVariables(client),
      shapes: new Map(),
    },
  }
}

const EVERYTHING: Reader = { hidden: new Set(), sees: () => true }

function toFederated(
  schema: GraphQLSchema,
  client: DocumentNode,
  given: Pick<RewriteContext, 'pages' | 'visible' | 'operation' | 'variables'> &
    Pick<Reader, 'hidden'>,
): DocumentNode {
  const codingsOf = (connectionType: string) => entryCodings(schema, connectionType, given.hidden)
  const context: RewriteContext = {
    ...given,
    schema,
    model: modelOf(schema),
    fragments: fragmentsOf(client),
    codingsOf,
  }
  const connections = new Set(
    [...context.model.sections.values()].map(({ connectionType }) => connectionType),
  )
  const typeInfo = new TypeInfo(schema)
  const rewritten: DocumentNode = visit(
    client,
    visitWithTypeInfo(typeInfo, {
      SelectionSet: {
        leave(node) {
          const parent = typeInfo.getParentType()
          if (parent?.name === PATIENT) return rewritePatientSelection(node, context)
          if (parent && connections.has(parent.name)) {
            return withCodings(node, codingsOf(parent.name))
          }
          if (parent && parent === schema.getQueryType()) return withoutIntrospection(node)
          if (!isAbstractType(parent) || !context.model.leadsToPatient.has(parent.name)) return
          return withSelection(node, TYPE_KEY)
        },
      },
    }),
  )
  const operation = operationOf(rewritten)
  const declared = { ...operation, variableDefinitions: declarations(operation, given.pages) }
  return withUsedDefinitions(declared, fragmentsOf(rewritten))
}

/** What the schema is, is told by the public schema, not by the supergraph. */
function withoutIntrospection(node: SelectionSetNode): SelectionSetNode {
  const selections = node.selections.filter(
    (selection) =>
      selection.kind !== Kind.FIELD || !['__schema', '__type'].includes(selection.name.value),
  )
  if (selections.length === node.selections.length) return node
  const rest = { ...node, selections }
  return selections.length > 0 ? rest : withSelection(rest, TYPE_KEY)
}

function withSelection(node: SelectionSetNode, typeKey: string): SelectionSetNode {
  return { ...node, selections: [...node.selections, fieldNode(typeKey, '__typename')] }
}

function declarations(operation: OperationDefinitionNode, pages: GeneratedPages) {
  const added = [...pages.values()].flatMap((page) => [
    declaration(page.firstVariable, 'Int'),
    declaration(page.afterVariable, 'String'),
  ])
  return [...(operation.variableDefinitions ?? []), ...added]
}

function declaration(variable: string, type: string): VariableDefinitionNode {
  return {
    kind: Kind.VARIABLE_DEFINITION,
    variable: variableNode(variable),
    type: { kind: Kind.NAMED_TYPE, name: nameNode(type) },
  }
}

/** Whether something may have been cut: a field, or sections of a timeline. */
function mayLack(client: DocumentNode, isSectionHidden: boolean): boolean {
  const text = print(client)
  return text.includes(deniedKey('')) || (isSectionHidden && text.includes(TIMELINE))
}

/** True when every field of the operation itself is `__typename`. */
function asksNothing(document: DocumentNode): boolean {
  const fragments = fragmentsOf(document)
  const isEmpty = ({ selections }: SelectionSetNode): boolean =>
    selections.every((node) => {
      if (node.kind === Kind.FIELD) return node.name.value === '__typename'
      if (node.kind === Kind.INLINE_FRAGMENT) return isEmpty(node.selectionSet)
      const fragment = fragments.get(node.name.value)
      return fragment !== undefined && isEmpty(fragment.selectionSet)
    })
  return isEmpty(operationOf(document).selectionSet)
}

function operationOf({ definitions }: DocumentNode): OperationDefinitionNode {
  const operation = definitions.find((one) => one.kind === Kind.OPERATION_DEFINITION)
  if (!operation) throw new Error('A document without an operation')
  return operation
}
