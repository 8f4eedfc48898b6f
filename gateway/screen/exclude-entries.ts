import type { ExclusionLists } from '../../subgraphs/kit/exclusions/exclusion-lists.ts'
import { hasMember } from '../../subgraphs/kit/exclusions/find-codings.ts'
import type { ConnectionField } from '../record/connection-shape.ts'
import { EDGES_KEY, EXCLUDED_KEY, PAGE_INFO_KEY, STATUS_KEY } from '../record/names.ts'
import { isObject, type Json } from '../record/section-source.ts'
import { readPlace } from '../record/source-place.ts'

/** One source's part of a section, and how the client selected it. */
export interface SourcePart {
  readonly connection: Json
  readonly fields: readonly ConnectionField[]
  readonly isFiltered: boolean
}

/** The ids of those entries in whose codings a member of the lists stands; empty of one without. */
export function excludedIds(connection: Json, lists: ExclusionLists): string[] {
  const ids: string[] = []
  for (const edge of edgesOf(connection)) {
    if (isObject(edge) && hasMember(edge['node'], lists)) ids.push(idOf(edge))
  }
  return ids
}

/** The places of the entries with these ids. */
export function placesOf(connection: Json, ids: ReadonlySet<string>): ReadonlySet<number> {
  const places = new Set<number>()
  for (const [place, edge] of edgesOf(connection).entries()) {
    if (isObject(edge) && ids.has(idOf(edge))) places.add(place)
  }
  return places
}

function idOf(edge: Json): string {
  return readPlace(edge['cursor'])?.id ?? ''
}

/**
 * A source's part without the entries at these places, as merging needs it: they keep their place in
 * the order, so that no other entry is lost behind them, and nothing else.
 */
export function emptied(part: SourcePart, places: ReadonlySet<number>): Json {
  const { connection, fields } = part
  const changed: Record<string, unknown> = { ...connection, ...statusOf(part, places) }
  changed[EDGES_KEY] = edgesOf(connection).map((edge, place) =>
    places.has(place) && isObject(edge)
      ? { cursor: edge['cursor'], node: {}, [EXCLUDED_KEY]: true }
      : edge,
  )
  for (const { key, kind } of fields) {
    if (kind !== 'nodes' && kind !== 'edges') continue
    changed[key] = mapAt(connection[key], places, blank)
  }
  return changed
}

/** A source's part without the entries at these places, as the client's own view by source shows it. */
export function without(part: SourcePart, places: ReadonlySet<number>): Json {
  const { connection, fields } = part
  const edges = edgesOf(connection)
  const isLastGone = places.has(edges.length - 1)
  const changed: Record<string, unknown> = { ...connection, ...statusOf(part, places) }
  for (const field of fields) {
    const value = connection[field.key]
    if (field.kind === 'nodes' || field.kind === 'edges')
      changed[field.key] = leftOut(value, places)
    // Where more follows the place is needed, else the list could not be continued.
    if (field.kind !== 'pageInfo' || !isObject(value) || !isLastGone || hasMore(connection))
      continue
    const last = leftOut(edges, places).at(-1)
    const cursor = isObject(last) ? last['cursor'] : null
    const cursors = field.fields.filter(({ kind }) => kind === 'cursor')
    changed[field.key] = {
      ...value,
      ...Object.fromEntries(cursors.map(({ key }) => [key, cursor])),
    }
  }
  return changed
}

/** True when every list of entries is as long as the list of places that they are known by. */
export function isScreenable({ connection, fields }: SourcePart): boolean {
  const { length } = edgesOf(connection)
  return fields.every(({ key, kind }) => {
    const value = connection[key]
    return (
      (kind !== 'nodes' && kind !== 'edges') || (Array.isArray(value) && value.length === length)
    )
  })
}

/** Of a section that held nothing else. Whether there is more cannot be told of a filtered one. */
function statusOf(part: SourcePart, places: ReadonlySet<number>): Json {
  const { connection, fields, isFiltered } = part
  if (isFiltered || hasMore(connection) || places.size < edgesOf(connection).length) return {}
  const isNoneKnown = fields.some(({ key, kind }) => {
    const stated = connection[key]
    return kind === 'statedNoneKnown' && Array.isArray(stated) && stated.length > 0
  })
  const status = isNoneKnown ? 'NONE_KNOWN' : 'NOTHING_RECORDED'
  const keys = fields.filter(({ kind }) => kind === 'status').map(({ key }) => key)
  if (STATUS_KEY in connection) keys.push(STATUS_KEY)
  return Object.fromEntries(keys.map((key) => [key, status]))
}

function hasMore(connection: Json): boolean {
  const pageInfo = connection[PAGE_INFO_KEY]
  return isObject(pageInfo) && pageInfo['hasNextPage'] === true
}

function edgesOf(connection: Json): readonly unknown[] {
  const edges = connection[EDGES_KEY]
  return Array.isArray(edges) ? edges : []
}

function leftOut(value: unknown, places: ReadonlySet<number>): readonly unknown[] {
  return Array.isArray(value) ? value.filter((_, place) => !places.has(place)) : []
}

function mapAt(
  value: unknown,
  places: ReadonlySet<number>,
  change: (one: unknown) => unknown,
): unknown {
  if (!Array.isArray(value)) return value
  return value.map((one: unknown, place) => (places.has(place) ? change(one) : one))
}

/** The same form without any content. */
function blank(value: unknown): unknown {
  if (Array.isArray(value)) return []
  if (!isObject(value)) return null
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, blank(part)]))
}
