import { toCursor } from '../../subgraphs/kit/position.ts'
import type { Conflict } from './conflicts/conflict.ts'
import type { ConnectionField, EntryShape, PartField } from './connection-shape.ts'
import { possibleDuplicates } from './duplicates.ts'
import { type MergedEntry, type MergedPage, mergePage } from './entries.ts'
import type { Page } from './pages.ts'
import { shapePlain } from './plain-shape.ts'
import { recordedAt } from './recording.ts'
import type { Json, SectionSource } from './section-source.ts'
import { notSharedBy, notUnderstoodBy, sectionStatus } from './section-state.ts'

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
  const shown = page.entries.filter(({ members }) => !members.some((one) => one.isExcluded))
  const notUnderstood = notUnderstoodBy(parts.sources)
  const notShared = notSharedBy(parts.sources)
  const incomplete = [...new Set([...parts.missing, ...notUnderstood, ...notShared])].sort()
  const duplicates = fields.some(showsDuplicates) ? possibleDuplicates(shown) : []
  const section: Record<string, unknown> = {}
  for (const field of fields) section[field.key] = valueOfField(field)
  return section

  function valueOfField(field: ConnectionField): unknown {
    const { key } = field
    switch (field.kind) {
      case 'typename':
        return field.value
      case 'nodes':
        return shown.map((entry, index) =>
          shapeEntry(entry, (one) => listed(one.connection, key, one.index), {
            shape: field.entry,
            duplicates: duplicates[index],
          }),
        )
      case 'edges':
        return shown.map((entry, index) => shapeEdge(field.fields, key, entry, duplicates[index]))
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
        return parts.conflictsIn(page).map((conflict) => shapePlain(conflict, field.conflict))
      case 'isComplete':
        return incomplete.length === 0
      case 'missingSources':
        return incomplete
      case 'notUnderstood':
        return notUnderstood
      case 'notShared':
        return notShared
    }
  }
}

function showsDuplicates(field: ConnectionField): boolean {
  if (field.kind === 'nodes') return field.entry.duplicateKeys.length > 0
  if (field.kind !== 'edges') return false
  return field.fields.some((part) => part.kind === 'node' && part.entry.duplicateKeys.length > 0)
}

function shapeEdge(
  fields: readonly PartField[],
  edgesKey: string,
  entry: MergedEntry,
  duplicates: readonly string[] | undefined,
): Json {
  const edge: Record<string, unknown> = {}
  for (const field of fields) {
    if (field.kind === 'typename') edge[field.key] = field.value
    if (field.kind === 'cursor') edge[field.key] = toCursor(entry.position)
    if (field.kind !== 'node') continue
    edge[field.key] = shapeEntry(
      entry,
      (one) => listed(one.connection, edgesKey, one.index)[field.key] as Json,
      { shape: field.entry, duplicates },
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
  { members }: MergedEntry,
  nodeOf: (member: MergedEntry['members'][0]) => Json,
  how: { readonly shape: EntryShape; readonly duplicates: readonly string[] | undefined },
): Json {
  const node = nodeOf(members[0])
  const { provenanceKeys, duplicateKeys } = how.shape
  const isJoined = members.length > 1 && provenanceKeys.length > 0
  if (!isJoined && duplicateKeys.length === 0) return node
  const changed = { ...node }
  if (isJoined) {
    for (const key of provenanceKeys) {
      changed[key] = members.flatMap((member) => nodeOf(member)[key] as readonly Json[])
    }
  }
  for (const key of duplicateKeys) changed[key] = how.duplicates ?? []
  return changed
}

/** The object at a place of one of a connection's lists, whose form was checked when it was read. */
export function listed(connection: Json, key: string, index: number): Json {
  return (connection[key] as readonly Json[])[index] as Json
}
