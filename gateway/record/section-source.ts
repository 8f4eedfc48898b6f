import type { ConnectionField, EntryShape, PartField } from './connection-shape.ts'
import {
  EDGES_KEY,
  EXCLUDED_KEY,
  NOT_SHARED_KEY,
  NOT_UNDERSTOOD_KEY,
  PAGE_INFO_KEY,
  STATED_KEY,
  STATUS_KEY,
} from './names.ts'
import type { Place } from './order.ts'
import { readPlace } from './source-place.ts'

/** A JSON object. */
export type Json = Readonly<Record<string, unknown>>

/** One source's part of a section. */
export interface SectionSource {
  readonly participant: string
  /** The contract's name for the section. */
  readonly section: string
  readonly connection: Json
  /** In the source's order; empty when the client asked for no entries. */
  readonly entries: readonly Entry[]
  /** Whether the source has entries behind the last one here. */
  readonly hasMore: boolean
  /** Whether the source holds something of the section that it does not show. */
  readonly hasNotUnderstood: boolean
  /** Whether the source shares this section of nobody. */
  readonly isNotShared: boolean
}

/** An entry as one source gave it, and its place in the order of all sources. */
export interface Entry extends Place {
  readonly participant: string
  /** The contract's name for the section. */
  readonly section: string
  readonly connection: Json
  /** Its place in every list of the connection. */
  readonly index: number
  /** True for what is never shared: it takes its place in the order, and is not shown. */
  readonly isExcluded: boolean
  /** What the gateway asked for beside the client's selection. */
  readonly known: Json
}

/**
 * Reads one source's part of a section. Null when there is none or it is not of the contract's form:
 * then the source is missing from this section, and only from this one.
 */
export function readSectionSource(
  of: { readonly participant: string; readonly section: string },
  value: unknown,
  fields: readonly ConnectionField[],
): SectionSource | null {
  if (!isObject(value)) return null
  if (!fields.every((field) => isWellFormed(value, field))) return null
  const edges = value[EDGES_KEY]
  const { participant, section } = of
  const part = {
    ...{ participant, section, connection: value },
    hasNotUnderstood: namesSomebody(value, NOT_UNDERSTOOD_KEY),
    isNotShared: namesSomebody(value, NOT_SHARED_KEY),
  }
  if (edges === undefined) return { ...part, entries: [], hasMore: false }
  const pageInfo = value[PAGE_INFO_KEY]
  if (!Array.isArray(edges) || !isObject(pageInfo)) return null
  const entries: Entry[] = []
  for (const [index, edge] of edges.entries()) {
    const entry = readEntry(part, index, edge)
    if (!entry) return null
    entries.push(entry)
  }
  const hasMore = pageInfo['hasNextPage'] === true
  // Without a last entry nobody could say where its list goes on.
  return hasMore && entries.length === 0 ? null : { ...part, entries, hasMore }
}

/** Whether a source names itself among those that keep something of a section back. */
export function namesSomebody(connection: Json, key: string): boolean {
  const told = connection[key]
  return Array.isArray(told) && told.length > 0
}

/** True for an object that is no list. */
export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

const NOTHING: Json = {}

function readEntry(
  part: Pick<SectionSource, 'participant' | 'section' | 'connection'>,
  index: number,
  edge: unknown,
): Entry | null {
  if (!isObject(edge)) return null
  const place = readPlace(edge['cursor'])
  if (!place) return null
  // Written out: there is one for every entry of every answer, and spreading takes several times as long.
  return {
    participant: part.participant,
    section: part.section,
    connection: part.connection,
    index,
    time: place.time,
    key: place.key,
    id: place.id,
    isExcluded: edge[EXCLUDED_KEY] === true,
    known: isObject(edge['node']) ? edge['node'] : NOTHING,
  }
}

function isWellFormed(connection: Json, field: ConnectionField): boolean {
  const value = connection[field.key]
  if (field.kind === 'statedNoneKnown') return Array.isArray(value)
  if (field.kind === 'status') return typeof value === 'string'
  if (field.kind === 'conflicts') return mayBeCompared(connection)
  if (field.kind !== 'nodes' && field.kind !== 'edges') return true
  const places = connection[EDGES_KEY]
  return (
    Array.isArray(value) &&
    Array.isArray(places) &&
    value.length === places.length &&
    (field.kind === 'nodes'
      ? value.every((node) => isEntry(node, field.entry))
      : value.every((edge) => isEdge(edge, field.fields)))
  )
}

function mayBeCompared(connection: Json): boolean {
  const isStated = Array.isArray(connection[STATED_KEY])
  return isStated && typeof connection[STATUS_KEY] === 'string' && EDGES_KEY in connection
}

function isEdge(edge: unknown, fields: readonly PartField[]): boolean {
  if (!isObject(edge)) return false
  return fields.every((field) => field.kind !== 'node' || isEntry(edge[field.key], field.entry))
}

function isEntry(node: unknown, { provenanceKeys }: EntryShape): boolean {
  return isObject(node) && provenanceKeys.every((key) => Array.isArray(node[key]))
}
