import {
  type DocumentNode,
  type FieldNode,
  type GraphQLSchema,
  isInterfaceType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql'
import { modelOf } from '../record/model.ts'
import { TIMELINE } from '../record/timeline/names.ts'
import { fragmentsOf } from '../record/used-definitions.ts'

/** How much one operation asks for, its fragments unfolded wherever they are spread. */
export interface OperationSize {
  readonly rootFields: number
  readonly fields: number
  readonly aliases: number
  /** Fields within fields; a field without a selection is 1 deep. */
  readonly depth: number
  /** How long its pages are: those whose length stands in the document, together. */
  readonly entries: number
  /** How many pages are as long as a variable says, by the variable's name. */
  readonly pagesOfVariable: ReadonlyMap<string, number>
}

/** A page whose length nobody says; also a whole list. */
export const USUAL_PAGE = 50

/** The argument that says how long a page is. */
const LENGTH = 'first'

/**
 * Measures operations. Each fragment is measured once, however often it is spread: the size of fragments
 * that multiply is computed, never walked.
 */
export function createMeasure(
  schema: GraphQLSchema,
): (document: DocumentNode, operation: OperationDefinitionNode) => OperationSize {
  const paged = pagedFields(schema)
  return (document, operation) => {
    const fragments = fragmentsOf(document)
    const known = new Map<string, Size>()
    const ofFragment = (name: string): Size => {
      const size = known.get(name) ?? ofSelection(fragments.get(name)?.selectionSet)
      known.set(name, size)
      return size
    }
    const ofField = (node: FieldNode): Size => {
      const within = ofSelection(node.selectionSet)
      const own = pagesOf(node, paged.get(node.name.value) ?? 0)
      return {
        ...together(within, own),
        rootFields: 1,
        fields: within.fields + 1,
        aliases: within.aliases + (node.alias ? 1 : 0),
        depth: within.depth + 1,
      }
    }
    const ofSelection = (selectionSet: SelectionSetNode | undefined): Size =>
      (selectionSet?.selections ?? []).reduce<Size>((sum, node) => {
        if (node.kind === Kind.FIELD) return together(sum, ofField(node))
        if (node.kind === Kind.INLINE_FRAGMENT) return together(sum, ofSelection(node.selectionSet))
        return together(sum, ofFragment(node.name.value))
      }, NOTHING)
    return ofSelection(operation.selectionSet)
  }
}

type Size = OperationSize

const NOTHING: Size = {
  rootFields: 0,
  fields: 0,
  aliases: 0,
  depth: 0,
  entries: 0,
  pagesOfVariable: new Map(),
}

function together(one: Size, other: Size): Size {
  return {
    rootFields: one.rootFields + other.rootFields,
    fields: one.fields + other.fields,
    aliases: one.aliases + other.aliases,
    depth: Math.max(one.depth, other.depth),
    entries: one.entries + other.entries,
    pagesOfVariable: sumOf(one.pagesOfVariable, other.pagesOfVariable),
  }
}

function sumOf(
  one: ReadonlyMap<string, number>,
  other: ReadonlyMap<string, number>,
): ReadonlyMap<string, number> {
  if (other.size === 0) return one
  if (one.size === 0) return other
  const sum = new Map(one)
  for (const [name, pages] of other) sum.set(name, (sum.get(name) ?? 0) + pages)
  return sum
}

/** So many pages of the length that a field says. */
function pagesOf({ arguments: given = [] }: FieldNode, pages: number): Size {
  if (pages === 0) return NOTHING
  const length = given.find(({ name }) => name.value === LENGTH)?.value
  if (length?.kind === Kind.VARIABLE) {
    return { ...NOTHING, pagesOfVariable: new Map([[length.name.value, pages]]) }
  }
  const entries = length?.kind === Kind.INT ? Math.max(0, Number(length.value)) : USUAL_PAGE
  return { ...NOTHING, entries: entries * pages }
}

/** The names of all fields that are paged, wherever they stand, with how many pages each asks a source. */
function pagedFields(schema: GraphQLSchema): ReadonlyMap<string, number> {
  const sections = modelOf(schema).sections.size
  return new Map(
    Object.values(schema.getTypeMap()).flatMap((type) => {
      if (!isObjectType(type) && !isInterfaceType(type)) return []
      const fields = Object.values(type.getFields())
      const paged = fields.filter(({ args }) => args.some(({ name }) => name === LENGTH))
      return paged.map(({ name }) => [name, name === TIMELINE ? sections : 1] as const)
    }),
  )
}
