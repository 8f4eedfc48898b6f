import { toCursor } from '../../subgraphs/kit/position.ts'
import type { Conflict } from './conflicts/conflict.ts'
import type { ConnectionField, EntryShape, PartField } from './connection-shape.ts'
import { type MergedEntry, type MergedPage, mergePage } from './entries.ts'
import type { Page } from './pages.ts'
import { shapePlain } from './plain-shape.ts'
import { recordedAt } from './recording.ts'
import type { Json, SectionSource } from './section-source.ts'
import { incompleteBy, notSharedBy, notUnderstoodBy, sectionStatus } from './section-state.ts'
import { type ShownEntry, showEntries } from './shown-entries.ts'

/** Makes one section, as the client selected it, out of the sources' parts. */
export function mergeSection(
  fields: readonly ConnectionField[],
  parts: {
    readonly sources: readonly SectionSource[]
    readonly missing: readonly string[]
    readonly page: Page
    /** What contradicts itself in a page. */
    conflictsIn(page: MergedPage): readonly Conflict[]
  },
): Json {
  const page = mergePage(parts.sources, {
    page: parts.page,
    recordedAt: (entry) => recordedAt(entry, fields),
  })
  const shown = showEntries(
    page.entries.filter(({ members }) => !members.some((one) => one.isExcluded)),
    fields.some(marksLookAlikes),
  )
  const incomplete = incompleteBy(parts.missing, parts.sources)
  const section: Record<string, unknown> = {}
  for (const field of fields) section[field.key] = valueOfField(field)
  return section

  function valueOfField(field: ConnectionField): unknown {
    const { key } = field
    switch (field.kind) {
      case 'typename':
        return field.value
      case 'nodes':
        return shown.map((entry) =>
          shapeEntry(entry, (one) => listed(one.connection, key, one.index), field.entry),
        )
      case 'edges':
        return shown.map((entry) => shapeEdge(field.fields, key, entry))
      case 'pageInfo':
        return shapePageInfo(field.fields, page)
      case 'statedNoneKnown':
        return parts.sources.flatMap(({ connection }) => connection[key] as readonly Json[])
      case 'status':
        return sectionStatus(
          parts.sources.map(({ connection }) => connection[key]),
          parts.missing,
        )
      case 'conflicts':
        return parts
          .conflictsIn(page)
          .map((conflict) => shapePlain(asShown(conflict, shown), field.conflict))
      case 'isComplete':
        return incomplete.length === 0
      case 'missingSources':
        return incomplete
      case 'notUnderstood':
        return notUnderstoodBy(parts.sources)
      case 'notShared':
        return notSharedBy(parts.sources)
    }
  }
}

/** Whether a field of a section shows what looks like its entries. */
export function marksLookAlikes(field: ConnectionField): boolean {
  if (field.kind === 'nodes') return field.entry.duplicateKeys.length > 0
  if (field.kind !== 'edges') return false
  return field.fields.some((part) => part.kind === 'node' && part.entry.duplicateKeys.length > 0)
}

/** The entries that it is about, under the ids that they have here. */
function asShown(conflict: Conflict, shown: readonly ShownEntry[]): Conflict {
  const ids = new Map(shown.flatMap(({ entry, id }) => entry.members.map((one) => [one.id, id])))
  const entries = conflict.entries.map((id) => ids.get(id) ?? id)
  return { ...conflict, entries: [...new Set(entries)] }
}

function shapeEdge(fields: readonly PartField[], edgesKey: string, shown: ShownEntry): Json {
  const edge: Record<string, unknown> = {}
  for (const field of fields) {
    if (field.kind === 'typename') edge[field.key] = field.value
    if (field.kind === 'cursor') edge[field.key] = toCursor(shown.entry.position)
    if (field.kind !== 'node') continue
    edge[field.key] = shapeEntry(
      shown,
      (one) => listed(one.connection, edgesKey, one.index)[field.key] as Json,
      field.entry,
    )
  }
  return edge
}

/** The page information of a merged list, as the client selected it. */
export function shapePageInfo(
  fields: readonly PartField[],
  { entries, hasNextPage }: MergedPage,
): Json {
  const last = entries.at(-1)
  const pageInfo: Record<string, unknown> = {}
  for (const field of fields) {
    if (field.kind === 'typename') pageInfo[field.key] = field.value
    if (field.kind === 'cursor') pageInfo[field.key] = last ? toCursor(last.position) : null
    if (field.kind === 'hasNextPage') pageInfo[field.key] = hasNextPage
  }
  return pageInfo
}

/** The entry as its latest source gave it, by reference unless something in it has to change. */
export function shapeEntry(
  { entry, id, duplicates }: ShownEntry,
  nodeOf: (member: MergedEntry['members'][0]) => Json,
  { idKeys, provenanceKeys, duplicateKeys }: EntryShape,
): Json {
  const { members } = entry
  const node = nodeOf(members[0])
  const isJoined = members.length > 1 && provenanceKeys.length > 0
  const isRenamed = idKeys.length > 0 && id !== members[0].id
  if (!isJoined && !isRenamed && duplicateKeys.length === 0) return node
  const changed = { ...node }
  for (const key of idKeys) changed[key] = id
  if (isJoined) {
    for (const key of provenanceKeys) {
      changed[key] = members.flatMap((member) => nodeOf(member)[key] as readonly Json[])
    }
  }
  for (const key of duplicateKeys) changed[key] = duplicates
  return changed
}

/** The object at a place of one of a connection's lists, whose form was checked when it was read. */
export function listed(connection: Json, key: string, index: number): Json {
  return (connection[key] as readonly Json[])[index] as Json
}
