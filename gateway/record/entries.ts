import { isJoinableKey, type Position } from '../../subgraphs/kit/position.ts'
import { compareEntries, compareGroups } from './order.ts'
import type { Page } from './pages.ts'
import type { Entry, SectionSource } from './section-source.ts'

/** An entry of the merged list: one source's, or one that several sources recorded. */
export interface MergedEntry {
  /** The most recently recorded one first: it is the one shown. */
  readonly members: readonly [Entry, ...Entry[]]
  /** Its place; give it back to continue behind it. */
  readonly position: Position
}

/** A page of a merged section. */
export interface MergedPage {
  readonly entries: readonly MergedEntry[]
  readonly hasNextPage: boolean
}

/** What a page is made with. */
export interface MergeContext {
  readonly page: Page
  /** When a source last recorded an entry, in milliseconds. */
  recordedAt(entry: Entry): number
}

/**
 * The page that the sources' lists make together. Exact when every source was asked for one entry
 * more than the page holds, or gave its list to the end (docs/decisions/0002-merging-and-paging.md).
 */
export function mergePage(sources: readonly SectionSource[], context: MergeContext): MergedPage {
  const { page } = context
  const all = sources.flatMap((source) => source.entries).sort(compareEntries)
  const horizon = horizonOf(sources)
  const entries: MergedEntry[] = []
  const isFull = () => page.first !== null && entries.length > page.first
  for (let start = 0; start < all.length && !isFull(); ) {
    const end = endOfGroup(all, start)
    const group = all.slice(start, end)
    const distance = group[0] && horizon ? compareGroups(group[0], horizon) : -1
    if (distance > 0) break
    entries.push(...mergeGroup(group, { ...context, horizon: distance === 0 ? horizon : null }))
    start = end
  }
  const shown = entries.slice(0, endOfPage(entries, page.first ?? entries.length))
  const hasMore = sources.some((source) => source.hasMore)
  return { entries: shown, hasNextPage: hasMore || entries.length > shown.length }
}

/**
 * Where the page ends. A source may list one record in two sections: in one order these have the same
 * place, so they stay on one page, else a cursor between them would lose the second.
 */
function endOfPage(entries: readonly MergedEntry[], first: number): number {
  const isWithin = (end: number) => {
    const [last, next] = [entries[end - 1], entries[end]]
    return last && next && compareEntries(last.members[0], next.members[0]) === 0
  }
  let end = first
  while (isWithin(end)) end--
  if (end > 0) return end
  for (end = first; isWithin(end); end++);
  return end
}

/** The first place behind which a source may hold entries that are not here. */
function horizonOf(sources: readonly SectionSource[]): Entry | null {
  const last = sources.flatMap(({ hasMore, entries }) => (hasMore ? (entries.at(-1) ?? []) : []))
  return last.sort(compareEntries)[0] ?? null
}

function endOfGroup(all: readonly Entry[], start: number): number {
  const first = all[start]
  let end = start + 1
  for (let next = all[end]; first && next && compareGroups(first, next) === 0; next = all[end]) {
    end++
  }
  return end
}

/**
 * Joins a group, which agrees in what matters, when every source has one entry of it. A source with two leaves open which of them
 * is meant, so then all stay apart, and so do entries that stand in different sections; nothing is ever
 * joined by its mere position. A group that runs
 * over the horizon is not known to its end: nothing is joined of it, nor shown from behind it.
 */
function mergeGroup(
  group: readonly Entry[],
  { page, recordedAt, horizon }: MergeContext & { readonly horizon: Entry | null },
): MergedEntry[] {
  const [first, ...others] = group
  if (!first) return []
  const { time, key } = first
  const isFresh = !isContinued(page, first)
  if (others.length === 0 && !horizon && isFresh) return [whole([first])]
  if (isJoinableKey(key) && isFresh && !hasTwins(group) && isOfOneSection(group)) {
    return horizon ? [] : [whole(byRecording([first, ...others], recordedAt))]
  }
  return group
    .filter((entry) => !horizon || compareEntries(entry, horizon) <= 0)
    .map((entry) => ({
      members: [entry],
      position: { time, key, id: entry.id },
    }))
}

/** An entry that is all of its group. */
function whole(members: MergedEntry['members']): MergedEntry {
  const [{ time, key }] = members
  return { members, position: { time, key } }
}

function hasTwins(group: readonly Entry[]): boolean {
  return new Set(group.map(({ connection }) => connection)).size < group.length
}

function isOfOneSection(group: readonly Entry[]): boolean {
  return group.every(({ section }) => section === group[0]?.section)
}

/** A page that begins amid a group goes on with a group that could not be joined. */
function isContinued({ after }: Page, entry: Entry): boolean {
  if (!after?.id) return false
  return compareGroups({ time: after.time, key: after.key }, entry) === 0
}

function byRecording(
  [first, ...others]: readonly [Entry, ...Entry[]],
  recordedAt: (entry: Entry) => number,
): [Entry, ...Entry[]] {
  const dated = [first, ...others].map((entry) => ({ entry, at: recordedAt(entry) }))
  dated.sort((one, other) => {
    if (one.at !== other.at) return one.at < other.at ? 1 : -1
    return one.entry.participant < other.entry.participant ? -1 : 1
  })
  const [latest, ...rest] = dated.map(({ entry }) => entry)
  return latest ? [latest, ...rest] : [first]
}
