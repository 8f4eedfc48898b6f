import { toCursor } from '../../../subgraphs/kit/position.ts'
import { type MergedEntry, mergePage } from '../entries.ts'
import { EDGES_KEY } from '../names.ts'
import type { Page } from '../pages.ts'
import { missingFrom, type Patient, recordsToMerge } from '../patient.ts'
import { recordedAt } from '../recording.ts'
import { listed, marksLookAlikes, shapeEntry, shapePageInfo } from '../section.ts'
import { isObject, type Json, readSectionSource, type SectionSource } from '../section-source.ts'
import { incompleteBy } from '../section-state.ts'
import { type ShownEntry, showEntries } from '../shown-entries.ts'
import { timelineSection } from './names.ts'
import type { EdgeField, TimelineField, TimelinePart, TimelineShape } from './timeline-shape.ts'

/** A timeline as a client gets it, and what it shows. */
export interface MergedTimeline {
  readonly timeline: Json
  /** How many entries of each section it shows, by the contract's name. */
  readonly shown: ReadonlyMap<string, number>
}

/** One list of all entries of these sections, over all sources. */
export function mergeTimeline(
  patient: Patient,
  shape: TimelineShape,
  { page, covered }: { readonly page: Page; readonly covered: readonly string[] },
): MergedTimeline {
  const parts = shape.parts.filter(({ section }) => covered.includes(section))
  const lists = parts.map((part) => listsOf(patient, part))
  const missing = new Set(
    lists.flatMap((sources) => incompleteBy(missingFrom(patient, sources), sources)),
  )
  const partOf = new Map(parts.map((part) => [part.section, part]))
  const merged = mergePage(lists.flat(), {
    page,
    recordedAt: (entry) => recordedAt(entry, partOf.get(entry.section)?.fields ?? []),
  })
  const entries = merged.entries.filter(({ members }) => !members.some((one) => one.isExcluded))
  const shown = showEntries(
    entries,
    parts.some(({ fields }) => fields.some(marksLookAlikes)),
  )
  const timeline: Record<string, unknown> = {}
  for (const field of shape.fields) timeline[field.key] = valueOfField(field)
  return { timeline, shown: countBySection(entries) }

  function valueOfField(field: TimelineField): unknown {
    switch (field.kind) {
      case 'typename':
        return field.value
      case 'nodes':
        return shown.map((entry) => nodeOf(entry, field.key))
      case 'edges':
        return shown.map((entry) => edgeOf(entry, field))
      case 'pageInfo':
        return shapePageInfo(field.fields, merged)
      case 'sections':
        return parts.map(({ section }) => timelineSection(section))
      case 'isComplete':
        return missing.size === 0
      case 'missingSources':
        return [...missing].sort()
    }
  }

  /** Nothing is in an entry of whose type the client selects nothing. */
  function nodeOf(shownEntry: ShownEntry, key: string): Json {
    const own = fieldsOf(shownEntry.entry, key)
    if (own?.kind !== 'nodes') return {}
    return shapeEntry(shownEntry, (one) => listed(one.connection, key, one.index), own.entry)
  }

  function edgeOf(
    shownEntry: ShownEntry,
    { key, fields }: { readonly key: string; readonly fields: readonly EdgeField[] },
  ): Json {
    const { entry } = shownEntry
    const own = fieldsOf(entry, key)
    const nodes = own?.kind === 'edges' ? own.fields : []
    const edge: Record<string, unknown> = {}
    for (const field of fields) {
      if (field.kind === 'typename') edge[field.key] = field.value
      if (field.kind === 'cursor') edge[field.key] = toCursor(entry.position)
      if (field.kind !== 'node') continue
      const node = nodes.find((one) => one.key === field.key)
      const inEdge = (one: MergedEntry['members'][0]) =>
        listed(one.connection, key, one.index)[field.key] as Json
      edge[field.key] = node?.kind === 'node' ? shapeEntry(shownEntry, inEdge, node.entry) : {}
    }
    return edge
  }

  function fieldsOf({ members }: MergedEntry, key: string) {
    return partOf.get(members[0].section)?.fields.find((field) => field.key === key)
  }
}

/** What each source that answered has of a section. */
function listsOf(
  patient: Patient,
  { section, recordKey, fields }: TimelinePart,
): readonly SectionSource[] {
  return recordsToMerge(patient).flatMap(({ participant, record }) => {
    const connection = record[recordKey]
    // Without places its entries could stand nowhere.
    if (!isObject(connection) || connection[EDGES_KEY] === undefined) return []
    return readSectionSource({ participant, section }, connection, fields) ?? []
  })
}

function countBySection(entries: readonly MergedEntry[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const { members } of entries) {
    const { section } = members[0]
    counts.set(section, (counts.get(section) ?? 0) + 1)
  }
  return counts
}
