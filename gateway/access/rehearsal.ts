import {
  type ASTNode,
  type DocumentNode,
  execute,
  type FieldNode,
  GraphQLError,
  type GraphQLSchema,
  Kind,
  type SelectionSetNode,
  visit,
} from 'graphql'
import { guard } from '../../subgraphs/kit/shield.ts'
import { deniedKey, keyOfDenied } from '../record/names.ts'
import { permissionTree, type RoleContext } from './permissions.ts'
import type { RoleGroup } from './roles.ts'
import type { Section } from './sections.ts'
import { toStubSchema } from './stub-schema.ts'

/** An operation without what a role may not see. */
export interface Rehearsed {
  /** The client's document; in the place of each denied field stands `__typename` under a key of its own. */
  readonly document: DocumentNode
  /** Which fields were cut, by their place in the document; empty when none was. */
  readonly signature: string
}

/** Runs an operation before anything is planned or fetched, to learn what of it a role may not see. */
export type Rehearse = (
  document: DocumentNode,
  operationName: string | undefined,
  group: RoleGroup,
) => Promise<Rehearsed>

/** One for all: only where it occurs is looked at. */
const REFUSAL = new GraphQLError('REFUSED')

/**
 * Makes the rehearsal for a schema: graphql-shield's rules over a schema of stubs. Every error is a
 * denial. Directives do not count: what could be included is decided, and the cut holds for every value
 * of the variables.
 *
 * @param extensions the section of a field beyond the contract, by `Type.field`
 */
export function createRehearsal(
  schema: GraphQLSchema,
  extensions: Readonly<Record<string, Section>>,
): Rehearse {
  const stage = guard(toStubSchema(schema), permissionTree(schema, extensions), () => REFUSAL)
  /** As long as the document itself is kept, which is as long as it is asked often. */
  const kept = new WeakMap<DocumentNode, Map<string, Rehearsed>>()
  return async (document, operationName, group) => {
    const ofDocument = kept.get(document) ?? new Map<string, Rehearsed>()
    kept.set(document, ofDocument)
    const key = `${group} ${operationName ?? ''}`
    const known = ofDocument.get(key)
    if (known) return known
    const rehearsed = await run(document, operationName, group)
    ofDocument.set(key, rehearsed)
    return rehearsed
  }

  async function run(
    document: DocumentNode,
    operationName: string | undefined,
    group: RoleGroup,
  ): Promise<Rehearsed> {
    const { fields, isPlain } = readFields(document)
    const script = isPlain ? withoutVariables(document) : toScript(document)
    const context: RoleContext = { group }
    const { errors = [] } = await execute({
      schema: stage,
      document: script,
      contextValue: context,
      ...(operationName !== undefined && { operationName }),
    })
    if (errors.length === 0) return { document, signature: '' }
    const played = isPlain ? fields : readFields(script).fields
    const places = new Map(played.map((field, place) => [field, place]))
    const denied = new Set<number>()
    for (const { nodes = [] } of errors) {
      const found = nodes.flatMap((node) => places.get(node as FieldNode) ?? [])
      // An error of no field says that something else went wrong: then nothing is known to be permitted.
      if (found.length === 0) throw new Error('The rehearsal failed')
      for (const place of found) denied.add(place)
    }
    return {
      document: cut(document, new Set([...denied].map((at) => fields[at]))),
      signature: [...denied].sort((a, b) => a - b).join(),
    }
  }
}

/**
 * Every field of a document in its order, without those inside a question about the schema; and
 * whether it can be run as it stands: without conditions, and without such a question.
 */
function readFields(document: DocumentNode): { fields: FieldNode[]; isPlain: boolean } {
  const fields: FieldNode[] = []
  let isPlain = true
  const read = ({ selections }: SelectionSetNode): void => {
    for (const selection of selections) {
      if (selection.directives?.length) isPlain = false
      if (selection.kind === Kind.FIELD) {
        refuseReserved(selection)
        fields.push(selection)
        if (isIntrospection(selection)) {
          isPlain = false
          continue
        }
      }
      if (selection.kind !== Kind.FRAGMENT_SPREAD && selection.selectionSet) {
        read(selection.selectionSet)
      }
    }
  }
  for (const definition of document.definitions) {
    if ('selectionSet' in definition) read(definition.selectionSet)
  }
  return { fields, isPlain }
}

/** The same nodes, and no variables: the stage has no arguments. */
function withoutVariables(document: DocumentNode): DocumentNode {
  return {
    ...document,
    definitions: document.definitions.map((definition) =>
      definition.kind === Kind.OPERATION_DEFINITION
        ? { ...definition, variableDefinitions: [] }
        : definition,
    ),
  }
}

/** What is run on the stage: no variables, no conditions, and nothing of the schema itself. */
function toScript(document: DocumentNode): DocumentNode {
  return visit(withoutVariables(document), {
    Directive: () => null,
    Field: {
      leave: (node) =>
        isIntrospection(node) ? asTypename(node, node.alias?.value ?? node.name.value) : undefined,
    },
  })
}

function cut(document: DocumentNode, denied: ReadonlySet<FieldNode | undefined>): DocumentNode {
  return visit(document, {
    Field: (node) => {
      if (!denied.has(node)) return undefined
      return asTypename(node, deniedKey(node.alias?.value ?? node.name.value))
    },
  })
}

function asTypename({ directives = [] }: FieldNode, alias: string): FieldNode {
  return {
    kind: Kind.FIELD,
    alias: { kind: Kind.NAME, value: alias },
    name: { kind: Kind.NAME, value: '__typename' },
    directives,
  }
}

function isIntrospection({ name }: FieldNode): boolean {
  return name.value === '__schema' || name.value === '__type'
}

function refuseReserved({ alias }: FieldNode): void {
  if (alias === undefined || keyOfDenied(alias.value) === null) return
  throw new GraphQLError('Names that begin with "lcrdenied_" are reserved.', {
    nodes: alias as ASTNode,
    extensions: { code: 'BAD_USER_INPUT', http: { status: 400 } },
  })
}
