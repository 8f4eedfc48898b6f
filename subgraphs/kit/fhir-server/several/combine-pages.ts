import type { Entry, Page } from '../../reading/read-slices.ts'

/**
 * One page of what several servers have behind the same cursor: in the one order, and as many entries as
 * were asked for. Each gave at least as many as may stand on it.
 *
 * @param first as the slice has it; null for all
 */
export function combinePages(pages: readonly Page[], first: number | null): Page {
  const [only] = pages
  if (only !== undefined && pages.length === 1) return only
  const found = pages.flatMap(({ entries }) => entries).sort(byPosition)
  const isCut = first !== null && found.length > first
  return {
    entries: isCut ? found.slice(0, first) : found,
    hasNextPage: isCut || pages.some(({ hasNextPage }) => hasNextPage),
    hasEntries: pages.some(({ hasEntries }) => hasEntries),
    statedNoneKnown: pages.flatMap(({ statedNoneKnown }) => statedNoneKnown),
    hasNotUnderstood: pages.some(({ hasNotUnderstood }) => hasNotUnderstood),
  }
}

/** Newest first, those without a time last; `../../position.ts` */
function byPosition(one: Entry, other: Entry): number {
  const [time, otherTime] = [timeOf(one), timeOf(other)]
  if (time !== otherTime) return time > otherTime ? -1 : 1
  return compare(one.key, other.key) || compare(one.id, other.id)
}

function timeOf({ timeMs }: Entry): number {
  return timeMs ?? Number.NEGATIVE_INFINITY
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0
}
