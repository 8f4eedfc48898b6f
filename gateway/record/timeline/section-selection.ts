import {
  type FieldNode,
  type GraphQLSchema,
  isAbstractType,
  isObjectType,
  Kind,
  type NamedTypeNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql'
import type { Section } from '../model.ts'
import type { Fragments } from '../used-definitions.ts'

/** What a selection is read with. */
interface Document {
  readonly schema: GraphQLSchema
  readonly fragments: Fragments
}

/** How deep in a timeline a selection stands. */
type Level = 'timeline' | 'edge' | 'entry'

const NEXT: Readonly<Record<'timeline' | 'edge', Readonly<Record<string, Level>>>> = {
  timeline: { nodes: 'entry', edges: 'edge' },
  edge: { node: 'entry' },
}

/**
 * What a selection of the timeline asks of one section: the entries alone, with what can be of this
 * section's type. Fragments on the way are put in their places, since sources know no timeline.
 */
export function sectionSelection(
  selectionSet: SelectionSetNode,
  section: Section,
  document: Document,
): SelectionSetNode {
  return { kind: Kind.SELECTION_SET, selections: at('timeline', selectionSet) }

  function at(level: Level, { selections }: SelectionSetNode): SelectionNode[] {
    return selections.flatMap((node): SelectionNode[] => {
      if (node.kind === Kind.FIELD) return field(level, node)
      const fragment =
        node.kind === Kind.INLINE_FRAGMENT ? node : document.fragments.get(node.name.value)
      if (!fragment || !applies(level, fragment.typeCondition)) return []
      const inner = at(level, fragment.selectionSet)
      const { directives = [] } = node
      if (directives.length === 0 || inner.length === 0) return inner
      return [{ kind: Kind.INLINE_FRAGMENT, directives, selectionSet: setOf(inner) }]
    })
  }

  function field(level: Level, node: FieldNode): SelectionNode[] {
    if (level === 'entry') return [node]
    const next = NEXT[level][node.name.value]
    const inner = next && node.selectionSet ? at(next, node.selectionSet) : []
    return inner.length > 0 ? [{ ...node, selectionSet: setOf(inner) }] : []
  }

  function applies(level: Level, condition: NamedTypeNode | undefined): boolean {
    if (level !== 'entry' || !condition || condition.name.value === section.entryType) return true
    const wanted = document.schema.getType(condition.name.value)
    const entry = document.schema.getType(section.entryType)
    return isAbstractType(wanted) && isObjectType(entry) && document.schema.isSubType(wanted, entry)
  }
}

function setOf(selections: readonly SelectionNode[]): SelectionSetNode {
  return { kind: Kind.SELECTION_SET, selections }
}
