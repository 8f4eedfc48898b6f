import { toCursor } from '../position.ts'
import type { Entry, Page } from './read-slices.ts'

/** A section's answer in the contract's shape; cursors are made when they are asked for. */
export function toConnection(page: Page) {
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
    isComplete: true,
    missingSources: [],
    conflicts: [],
  }
}

/**
 * What the section says as a whole, whatever page or filter was asked for: a filter that finds
 * nothing does not make an empty section, and no statement that there are none outweighs an entry.
 */
function statusOf(page: Page): 'HAS_ENTRIES' | 'NONE_KNOWN' | 'NOTHING_RECORDED' {
  if (page.hasEntries) return 'HAS_ENTRIES'
  return page.statedNoneKnown.length > 0 ? 'NONE_KNOWN' : 'NOTHING_RECORDED'
}

function cursorOf(entry: Entry): string {
  const time = entry.timeMs === null ? null : new Date(entry.timeMs).toISOString()
  return toCursor({ time, key: entry.key, id: entry.id })
}
