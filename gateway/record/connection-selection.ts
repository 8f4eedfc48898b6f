import { Kind, type SelectionNode, type SelectionSetNode } from 'graphql'
import { conflictSelections } from './conflicts/conflict-selection.ts'
import type { Section } from './model.ts'
import {
  EDGES_KEY,
  LIKENESS_KEY,
  NOT_SHARED_KEY,
  NOT_UNDERSTOOD_KEY,
  PAGE_INFO_KEY,
  PROVENANCE_KEY,
} from './names.ts'
import { showsRecording } from './recording.ts'
import { fieldNode, selectionsOf } from './selections.ts'
import type { Fragments } from './used-definitions.ts'

const OF_ENTRIES = ['nodes', 'edges', 'pageInfo', 'conflicts']

const ENTRIES = selectionsOf(`{
  ${EDGES_KEY}: edges { cursor }
  ${PAGE_INFO_KEY}: pageInfo { hasNextPage }
}`)

const RECORDING = selectionsOf(`{
  ${EDGES_KEY}: edges { node { ${PROVENANCE_KEY}: provenance { recordedAt } } }
}`)

const LOOKALIKES = selectionsOf(`{
  ${EDGES_KEY}: edges { node { ${LIKENESS_KEY}: likeness } }
}`)

/** Whatever a client asks of a section, whether the source shows all that it holds of it counts. */
const WHETHER_WHOLE = selectionsOf(`{
  ${NOT_UNDERSTOOD_KEY}: notUnderstood ${NOT_SHARED_KEY}: notShared
}`)

/**
 * The selection that a source gets for a connection: the client's, untouched, and beside it what
 * merging needs: whether the source shows all of it, places, and recording times that are not there already, where entries are asked for,
 * likenesses where possible duplicates are, states where contradictions are.
 */
export function connectionSelections(
  section: Section,
  selectionSet: SelectionSetNode,
  fragments: Fragments,
): SelectionNode[] {
  const names = fieldNames(selectionSet, fragments)
  const asksEntries = OF_ENTRIES.some((name) => names.has(name))
  const hasPlaces = selectionSet.selections.some(isPlaces)
  const recording = showsRecording(selectionSet, fragments) ? [] : RECORDING
  return [
    ...selectionSet.selections,
    ...WHETHER_WHOLE,
    ...(asksEntries && !hasPlaces ? ENTRIES : []),
    ...(names.has('nodes') || names.has('edges') ? recording : []),
    ...(names.has('possibleDuplicateOf') ? LOOKALIKES : []),
    ...(names.has('conflicts') ? conflictSelections(section) : []),
  ]
}

/** Whether a selection of a connection asks for contradictions; where it may, it is taken to. */
export function asksConflicts(selectionSet: SelectionSetNode, fragments: Fragments): boolean {
  return fieldNames(selectionSet, fragments).has('conflicts')
}

function isPlaces(node: SelectionNode): boolean {
  return node.kind === Kind.FIELD && node.alias?.value === PAGE_INFO_KEY
}

/** What shows entries, or their ids. */
const SHOWN = new Set(['nodes', 'edges', 'conflicts'])

/**
 * What a selection of a connection asks for beside the client's fields, in a client's own view by
 * source as well: places, and every coding of every entry.
 */
export function withCodings(
  selectionSet: SelectionSetNode,
  codings: readonly SelectionNode[],
): SelectionSetNode {
  const showsEntries = selectionSet.selections.some(
    (node) => node.kind === Kind.FIELD && SHOWN.has(node.name.value),
  )
  return showsEntries && codings.length > 0 ? withEntries(selectionSet, codings) : selectionSet
}

/** A selection of a connection with the places of its entries, and every coding of them. */
export function withEntries(
  selectionSet: SelectionSetNode,
  codings: readonly SelectionNode[],
): SelectionSetNode {
  const node = codings.length > 0 ? [fieldNode('node', 'node', codings)] : []
  const edges = node.length > 0 ? [fieldNode(EDGES_KEY, 'edges', node)] : []
  return { ...selectionSet, selections: [...selectionSet.selections, ...ENTRIES, ...edges] }
}

/** The names of all fields at any depth; a little too many is safe. */
function fieldNames(selectionSet: SelectionSetNode, fragments: Fragments): Set<string> {
  const names = new Set<string>()
  const visited = new Set<string>()
  const follow = ({ selections }: SelectionSetNode) => {
    for (const node of selections) {
      if (node.kind === Kind.FIELD) names.add(node.name.value)
      const spread = node.kind === Kind.FRAGMENT_SPREAD ? node.name.value : null
      if (spread !== null && visited.has(spread)) continue
      if (spread !== null) visited.add(spread)
      const next = spread === null ? selectionOf(node) : fragments.get(spread)?.selectionSet
      if (next) follow(next)
    }
  }
  follow(selectionSet)
  return names
}

function selectionOf(node: SelectionNode): SelectionSetNode | undefined {
  return node.kind === Kind.FRAGMENT_SPREAD ? undefined : node.selectionSet
}
