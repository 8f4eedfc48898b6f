import type { MappedItem } from '../../fhir/mapping.ts'
import type { Entry, Page } from '../../reading/read-slices.ts'
import type { Slice } from '../../reading/slice.ts'

/**
 * One slice of a section, from all of its entries: in the same order, with the same filters and the
 * same pages as `read-slices.ts` has them from the store.
 *
 * @param items all that the section has of one patient
 */
export function readPage(items: readonly MappedItem[], slice: Slice): Page {
  const shared = items.filter((item) => !item.isRestricted)
  const understood = shared.filter((item) => item.isUnderstood)
  const entries = understood.filter((item) => !item.isNoneKnown)
  const found = entries
    .filter((item) => isWanted(item, slice) && isBehind(item, slice))
    .sort(byPosition)
  const { first } = slice
  const hasNextPage = first !== null && found.length > first
  return {
    entries: (hasNextPage ? found.slice(0, first) : found).map(toEntry),
    hasNextPage,
    hasEntries: found.length > 0 || entries.some(({ status }) => status !== 'ENTERED_IN_ERROR'),
    statedNoneKnown: understood
      .filter(({ isNoneKnown, status }) => isNoneKnown && !ENDED.has(status))
      .sort((one, other) => compare(one.id, other.id))
      .flatMap(
        ({ item }) => (item as { readonly provenance?: readonly object[] }).provenance ?? [],
      ),
    hasNotUnderstood: understood.length < shared.length,
  }
}

/** A statement that there are none is not in force in one of these states. */
const ENDED: ReadonlySet<string> = new Set(['ENTERED_IN_ERROR', 'INACTIVE', 'RESOLVED'])

const OLDEST = Number.NEGATIVE_INFINITY

/** Entries without a time are older than any other. */
function timeOf({ sortTime }: MappedItem): number {
  return sortTime?.getTime() ?? OLDEST
}

function isWanted(item: MappedItem, { since, until, codes, status }: Slice): boolean {
  // What is dated by a day, month or year is in when any moment of it is.
  if (since !== null && (item.lastTime?.getTime() ?? OLDEST) < since.getTime()) return false
  if (until !== null && timeOf(item) >= until.getTime()) return false
  if (codes !== null && !item.codes.some((code) => codes.includes(code))) return false
  return status === null ? item.status !== 'ENTERED_IN_ERROR' : status.includes(item.status)
}

function isBehind(item: MappedItem, { after }: Slice): boolean {
  if (after === null) return true
  const [time, afterTime] = [timeOf(item), after.time === null ? OLDEST : Date.parse(after.time)]
  if (time !== afterTime) return time < afterTime
  if (item.sortKey !== after.key) return item.sortKey > after.key
  return after.id !== undefined && item.id > after.id
}

function byPosition(one: MappedItem, other: MappedItem): number {
  const [time, otherTime] = [timeOf(one), timeOf(other)]
  if (time !== otherTime) return time > otherTime ? -1 : 1
  return compare(one.sortKey, other.sortKey) || compare(one.id, other.id)
}

/** By code unit, as PostgreSQL's "C" collation orders ASCII. */
function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0
}

function toEntry({ sortTime, sortKey, id, item }: MappedItem): Entry {
  return { timeMs: sortTime?.getTime() ?? null, key: sortKey, id, item }
}
