import {
  type ASTNode,
  type DocumentNode,
  execute,
  type FieldNode,
  GraphQLError,
  type GraphQLSchema,
  Kind,
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

const REFUSED = 'REFUSED'

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
  const stage = guard(
    toStubSchema(schema),
    permissionTree(schema, extensions),
    () => new GraphQLError(REFUSED),
  )
  return async (document, operationName, group) => {
    const fields = fieldsIn(document)
    const script = toScript(document)
    const context: RoleContext = { group }
    const { errors = [] } = await execute({
      schema: stage,
      document: script,
      contextValue: context,
      ...(operationName !== undefined && { operationName }),
    })
    const places = new Map(fieldsIn(script).map((field, place) => [field, place]))
    const denied = new Set<number>()
    for (const { nodes = [] } of errors) {
      const found = nodes.flatMap((node) => places.get(node as FieldNode) ?? [])
      // An error of no field says that something else went wrong: then nothing is known to be permitted.
      if (found.length === 0) throw new Error('The rehearsal failed')
      for (const place of found) denied.add(place)
    }
    return {
      document:
        denied.size === 0 ? document : cut(document, new Set([...denied].map((at) => fields[at]))),
      signature: [...denied].sort((a, b) => a - b).join(),
    }
  }
}

/** Every field of a document in its order, without those inside a question about the schema. */
function fieldsIn(document: DocumentNode): FieldNode[] {
  const fields: FieldNode[] = []
  visit(document, {
    Field(node) {
      refuseReserved(node)
      fields.push(node)
      return isIntrospection(node) ? false : undefined
    },
  })
  return fields
}

/** What is run on the stage: no variables, no conditions, and nothing of the schema itself. */
function toScript(document: DocumentNode): DocumentNode {
  return visit(document, {
    OperationDefinition: (node) => ({ ...node, variableDefinitions: [] }),
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
