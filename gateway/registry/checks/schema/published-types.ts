import {
  type ConstDirectiveNode,
  type ConstValueNode,
  type DefinitionNode,
  type DocumentNode,
  type EnumValueDefinitionNode,
  type FieldDefinitionNode,
  type InputValueDefinitionNode,
  isTypeDefinitionNode,
  isTypeExtensionNode,
  Kind,
  print,
  type TypeDefinitionNode,
  type TypeExtensionNode,
} from 'graphql'

/** What a type is, in the words of the schema language. */
export type TypeKind = 'type' | 'interface' | 'enum' | 'union' | 'input' | 'scalar'

/** A field of a type, an argument's or an input's field beside it. */
export type PublishedField = FieldDefinitionNode | InputValueDefinitionNode

/** One type with all its extensions folded in. */
export interface PublishedType {
  readonly name: string
  readonly kind: TypeKind
  /** Where it is defined first; an extension where that is all there is. */
  readonly node: TypeDefinitionNode | TypeExtensionNode
  /** True when it is extended and defined nowhere. */
  readonly isExtension: boolean
  readonly interfaces: ReadonlySet<string>
  readonly fields: ReadonlyMap<string, PublishedField>
  readonly values: ReadonlyMap<string, EnumValueDefinitionNode>
  readonly members: ReadonlySet<string>
  /** As text, each once; see `directivesOf`. */
  readonly directives: ReadonlySet<string>
}

/** A schema's types by name, without those that every subgraph has for Federation's own sake. */
export function publishedTypes(document: DocumentNode): ReadonlyMap<string, PublishedType> {
  const parts = new Map<string, (TypeDefinitionNode | TypeExtensionNode)[]>()
  for (const node of document.definitions) {
    if (!isTypeNode(node) || FEDERATION_TYPE.test(node.name.value)) continue
    parts.set(node.name.value, [...(parts.get(node.name.value) ?? []), node])
  }
  return new Map([...parts].map(([name, nodes]) => [name, toPublishedType(name, nodes)]))
}

/** The directives of a definition as text that is equal for equal meanings. */
export function directivesOf(nodes: readonly ConstDirectiveNode[] = []): ReadonlySet<string> {
  return new Set(nodes.map(toText))
}

/** A directive's name, whether it was imported by `@link` or is named by its specification. */
export function directiveName({ name }: ConstDirectiveNode): string {
  return name.value.replace(/^federation__/, '')
}

/** The types that Federation gives to every subgraph. */
const FEDERATION_TYPE = /^(_Any|_Entity|_Service|_?FieldSet|(link|federation|core)__\w+)$/

/** The root fields that Federation gives to every subgraph. */
const FEDERATION_FIELDS = new Set(['_entities', '_service'])

const KINDS = {
  [Kind.OBJECT_TYPE_DEFINITION]: 'type',
  [Kind.OBJECT_TYPE_EXTENSION]: 'type',
  [Kind.INTERFACE_TYPE_DEFINITION]: 'interface',
  [Kind.INTERFACE_TYPE_EXTENSION]: 'interface',
  [Kind.ENUM_TYPE_DEFINITION]: 'enum',
  [Kind.ENUM_TYPE_EXTENSION]: 'enum',
  [Kind.UNION_TYPE_DEFINITION]: 'union',
  [Kind.UNION_TYPE_EXTENSION]: 'union',
  [Kind.INPUT_OBJECT_TYPE_DEFINITION]: 'input',
  [Kind.INPUT_OBJECT_TYPE_EXTENSION]: 'input',
  [Kind.SCALAR_TYPE_DEFINITION]: 'scalar',
  [Kind.SCALAR_TYPE_EXTENSION]: 'scalar',
} as const satisfies Record<(TypeDefinitionNode | TypeExtensionNode)['kind'], TypeKind>

function isTypeNode(node: DefinitionNode): node is TypeDefinitionNode | TypeExtensionNode {
  return isTypeDefinitionNode(node) || isTypeExtensionNode(node)
}

function toPublishedType(
  name: string,
  nodes: readonly (TypeDefinitionNode | TypeExtensionNode)[],
): PublishedType {
  const definition = nodes.find(isTypeDefinitionNode)
  const [first] = nodes
  const node = definition ?? first
  if (!node) throw new Error('A type without a node')
  const isFoldedIn = (field: PublishedField) => !FEDERATION_FIELDS.has(field.name.value)
  return {
    name,
    kind: KINDS[node.kind],
    node,
    isExtension: !definition,
    interfaces: new Set(nodes.flatMap(interfacesOf)),
    fields: byName(nodes.flatMap(fieldsOf).filter(isFoldedIn)),
    values: byName(nodes.flatMap((each) => ('values' in each ? (each.values ?? []) : []))),
    members: new Set(
      nodes.flatMap((each) => ('types' in each ? (each.types ?? []) : [])).map(nameOf),
    ),
    directives: directivesOf(
      nodes.flatMap((each) => each.directives ?? []).filter((each) => !isSpread(each)),
    ),
  }
}

function interfacesOf(node: TypeDefinitionNode | TypeExtensionNode): string[] {
  return 'interfaces' in node ? (node.interfaces ?? []).map(nameOf) : []
}

/** What a type says of all its fields, each of them says for itself. */
function fieldsOf(node: TypeDefinitionNode | TypeExtensionNode): PublishedField[] {
  if (!('fields' in node)) return []
  const spread = (node.directives ?? []).filter(isSpread)
  return (node.fields ?? []).map((field: PublishedField) => ({
    ...field,
    directives: [...(field.directives ?? []), ...spread],
  }))
}

/** `@shareable` on a type means each of its fields. */
function isSpread(directive: ConstDirectiveNode): boolean {
  return directiveName(directive) === 'shareable'
}

function toText(directive: ConstDirectiveNode): string {
  const given = (directive.arguments ?? [])
    .map(({ name, value }) => `${name.value}: ${valueText(value)}`)
    .filter((argument) => argument !== 'resolvable: true')
    .sort()
  return `@${directiveName(directive)}${given.length > 0 ? `(${given.join(', ')})` : ''}`
}

/** A set of fields means the same however it is spaced. */
function valueText(value: ConstValueNode): string {
  if (value.kind !== Kind.STRING) return print(value)
  return `"${value.value.replace(/[\s,]+/g, ' ').trim()}"`
}

function byName<Node extends { readonly name: { readonly value: string } }>(
  nodes: readonly Node[],
): ReadonlyMap<string, Node> {
  return new Map(nodes.map((node) => [node.name.value, node]))
}

function nameOf({ name }: { readonly name: { readonly value: string } }): string {
  return name.value
}
