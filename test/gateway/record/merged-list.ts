import { hash } from 'node:crypto'
import {
  type GraphQLDirective,
  GraphQLIncludeDirective,
  type GraphQLResolveInfo,
  GraphQLSkipDirective,
  getDirectiveValues,
  type SelectionNode,
} from 'graphql'
import {
  fromCursor,
  isSharedKey,
  type Position,
  toCursor,
} from '../../../subgraphs/kit/position.ts'
import { inOrder } from './federated.ts'
import type { StoredEntry } from './sample-source.ts'

/** An entry of a list over all sources. */
export interface ListedEntry {
  readonly cursor: string
  readonly item: Record<string, unknown>
  readonly likenesses: readonly unknown[]
  readonly group: string | null
  /** Its sources' ids of it, the one shown first. */
  readonly members: readonly unknown[]
  /** What its sources have of it. */
  readonly entries: readonly StoredEntry[]
}

/** The place that a cursor stands for. */
export function placeOf(cursor: string) {
  const { time, key, id = '' } = fromCursor(cursor) as Position
  return { time, key, id }
}

/** True for two entries of which one could be the other. */
export function isAlike(entry: ListedEntry, other: ListedEntry): boolean {
  if (entry === other) return false
  if (entry.group !== null && entry.group === other.group) return true
  return entry.likenesses.some((one) => one !== null && other.likenesses.includes(one))
}

/** Whether a selection asks for a field, at any depth. */
function selects(node: SelectionNode, name: string, info: GraphQLResolveInfo): boolean {
  const { variableValues, fragments } = info
  const of = (directive: GraphQLDirective) => getDirectiveValues(directive, node, variableValues)
  if (of(GraphQLSkipDirective)?.['if'] === true) return false
  if (of(GraphQLIncludeDirective)?.['if'] === false) return false
  if (node.kind === 'Field' && node.name.value === name) return true
  const inner =
    node.kind === 'FragmentSpread' ? fragments[node.name.value]?.selectionSet : node.selectionSet
  return inner?.selections.some((one) => selects(one, name, info)) ?? false
}

/** The ids of a page's entries: the source's own, or one made of all that something in the entry depends on. */
export function shownIds<Listed extends ListedEntry>(
  page: readonly Listed[],
  isLinked: (one: Listed, other: Listed) => boolean,
  info: GraphQLResolveInfo,
): string[] {
  const marksLookAlikes = info.fieldNodes.some((node) => selects(node, 'possibleDuplicateOf', info))
  return page.map((entry) => {
    const kin = new Set([entry])
    for (const one of marksLookAlikes ? kin : []) {
      for (const other of page) if (isLinked(one, other)) kin.add(other)
    }
    const own = String(entry.item['id'])
    if (kin.size === 1 && entry.members.length === 1) return own
    const all = page.filter((one) => kin.has(one)).map(({ members }) => members)
    return `${own}~${hash('sha256', JSON.stringify(all), 'base64url').slice(0, 16)}`
  })
}

/** All entries of all sources, each once, in order. */
export function mergedList(
  lists: readonly (readonly StoredEntry[])[],
  sectionOf: (entry: StoredEntry) => string = () => '',
): ListedEntry[] {
  const groups = new Map<string, StoredEntry[]>()
  for (const entry of inOrder(lists.flat())) {
    const group = toCursor({ time: entry.time, key: entry.key })
    groups.set(group, [...(groups.get(group) ?? []), entry])
  }
  return [...groups].flatMap(([group, entries]) => {
    const hasTwins = lists.some((list) => list.filter((one) => entries.includes(one)).length > 1)
    const sections = new Set(entries.map(sectionOf))
    if (!hasTwins && sections.size === 1) return [joined(group, entries)]
    return entries.map((entry) => {
      const { item, ...position } = entry
      return {
        cursor: toCursor(position),
        item,
        likenesses: [item['likeness']],
        group: identifierIn(entry),
        members: [item['id']],
        entries: [entry],
      }
    })
  })
}

/** Of the entries with one identifier at one moment; null for an entry without any. */
function identifierIn({ time, key }: StoredEntry): string | null {
  return isSharedKey(key) ? `${time} ${key.split('.')[0]}` : null
}

function joined(cursor: string, entries: readonly StoredEntry[]): ListedEntry {
  const items = entries.map(({ item }) => item)
  const recorded = (item: Record<string, unknown>) => {
    const [{ recordedAt, participant }] = item['provenance'] as [
      { recordedAt: string | null; participant: string },
    ]
    return { at: recordedAt === null ? -1 : Date.parse(recordedAt), participant }
  }
  items.sort((one, other) => {
    const [a, b] = [recorded(one), recorded(other)]
    return b.at - a.at || (a.participant < b.participant ? -1 : 1)
  })
  return {
    cursor,
    item: { ...items[0], provenance: items.flatMap(({ provenance }) => provenance) },
    likenesses: items.map(({ likeness }) => likeness),
    group: entries[0] ? identifierIn(entries[0]) : null,
    members: items.map(({ id }) => id),
    entries,
  }
}
