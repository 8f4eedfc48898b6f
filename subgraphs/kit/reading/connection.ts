import type { SectionStatus } from '../generated/contract.ts'
import { toCursor } from '../position.ts'
import type { Entry, Page } from './read-slices.ts'

/** A participant's part of a section in the contract's shape; cursors are made when they are asked for. */
export function toConnection(page: Page, participant: string) {
  const notUnderstood = page.hasNotUnderstood ? [participant] : []
  const { entries, hasNextPage, statedNoneKnown } = page
  return {
    nodes: entries.map((entry) => entry.item),
    get edges() {
      return entries.map((entry) => ({ cursor: cursorOf(entry), node: entry.item }))
    },
    get pageInfo() {
      const last = entries.at(-1)
      return { endCursor: last ? cursorOf(last) : null, hasNextPage }
    },
    status: statusOf(page),
    statedNoneKnown,
    isComplete: notUnderstood.length === 0,
    missingSources: notUnderstood,
    notUnderstood,
    notShared: [],
    conflicts: [],
  }
}

/** A section that the participant shares of nobody, whatever it holds. */
export function toNotShared(participant: string) {
  return {
    nodes: [],
    edges: [],
    pageInfo: { endCursor: null, hasNextPage: false },
    status: 'NOT_SHARED' satisfies SectionStatus,
    statedNoneKnown: [],
    isComplete: false,
    missingSources: [participant],
    notUnderstood: [],
    notShared: [participant],
    conflicts: [],
  }
}

/**
 * What the section says as a whole, whatever page or filter was asked for: a filter that finds
 * nothing does not make an empty section, and no statement that there are none outweighs an entry, or
 * one that is not shown.
 */
function statusOf(page: Page): SectionStatus {
  if (page.hasEntries) return 'HAS_ENTRIES'
  if (page.hasNotUnderstood) return 'UNKNOWN'
  return page.statedNoneKnown.length > 0 ? 'NONE_KNOWN' : 'NOTHING_RECORDED'
}

function cursorOf(entry: Entry): string {
  const time = entry.timeMs === null ? null : new Date(entry.timeMs).toISOString()
  return toCursor({ time, key: entry.key, id: entry.id })
}
