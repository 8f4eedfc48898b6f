/** Where an entry stands in the order of a section. */
export interface Place {
  /** ISO 8601 in UTC with milliseconds; null for an entry without a time. */
  readonly time: string | null
  readonly key: string
  readonly id: string
}

/**
 * The order of a section over all sources: newest first, entries without a time last, then by key,
 * then by id. Every source sorts its own list so (subgraphs/kit/position.ts).
 */
export function compareEntries(one: Place, other: Place): number {
  return compareGroups(one, other) || compareStrings(one.id, other.id)
}

/** The moment and the key: entries that are equal in both may be one and the same. */
export type Group = Pick<Place, 'time' | 'key'>

/** The order of groups. */
export function compareGroups(one: Group, other: Group): number {
  return compareTimes(one.time, other.time) || compareStrings(one.key, other.key)
}

function compareTimes(one: string | null, other: string | null): number {
  if (one === other) return 0
  if (one === null) return 1
  if (other === null) return -1
  // Times are in UTC with milliseconds, so that equal lengths (years of four digits) sort as text.
  if (one.length === other.length) return one < other ? 1 : -1
  return Date.parse(other) - Date.parse(one)
}

function compareStrings(one: string, other: string): number {
  if (one === other) return 0
  return one < other ? -1 : 1
}
