import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  type DefinitionNode,
  type DocumentNode,
  Kind,
  type NamedTypeNode,
  parse,
  print,
  type TypeDefinitionNode,
  visit,
} from 'graphql'
import { projectRoot } from '../../../project-root.ts'

/** The contract as it is written: `subgraphs/contract.graphql`. */
export function readContractSdl(): Promise<string> {
  return readFile(join(projectRoot, 'subgraphs', 'contract.graphql'), 'utf8')
}

/** The contract as a syntax tree. */
export async function readContract(): Promise<DocumentNode> {
  return parse(await readContractSdl(), { noLocation: true })
}

/** The directive that lets several subgraphs define the same object type, field for field. */
export const SHAREABLE = {
  kind: Kind.DIRECTIVE,
  name: { kind: Kind.NAME, value: 'shareable' },
} as const

/**
 * The contract's definitions, its object types shareable: everything a subgraph repeats word for
 * word, so that all subgraphs agree on them.
 */
export function sharedDefinitions(contract: DocumentNode): DefinitionNode[] {
  return contract.definitions.map((definition) =>
    definition.kind === Kind.OBJECT_TYPE_DEFINITION
      ? { ...definition, directives: [SHAREABLE] }
      : definition,
  )
}

/**
 * The SDL of some of the contract's types and of all they refer to, object types shareable: for the
 * index, which shares a few of them.
 *
 * @throws when the contract has no such type
 */
export function contractTypes(contract: DocumentNode, names: readonly string[]): string {
  const definitions = new Map(
    sharedDefinitions(contract).map((node) => [(node as TypeDefinitionNode).name.value, node]),
  )
  const wanted = new Map<string, DefinitionNode>()
  const queue = [...names]
  for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
    const definition = definitions.get(name)
    if (wanted.has(name) || (!definition && BUILT_IN.has(name))) continue
    if (!definition) throw new Error(`The contract has no type ${name}`)
    wanted.set(name, definition)
    visit(definition, {
      NamedType: (type: NamedTypeNode) => void queue.push(type.name.value),
    })
  }
  const inOrder = [...definitions.values()].filter((node) =>
    wanted.has((node as TypeDefinitionNode).name.value),
  )
  return inOrder.map(print).join('\n\n')
}

const BUILT_IN = new Set(['ID', 'String', 'Int', 'Float', 'Boolean'])
