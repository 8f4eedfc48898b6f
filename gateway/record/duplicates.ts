import type { MergedEntry } from './entries.ts'
import { LIKENESS_KEY } from './names.ts'

/**
 * For every entry of a page the ids of the others that look like it: the same likeness in any
 * source, or the same identifier and moment where these could not be joined.
 */
export function possibleDuplicates(entries: readonly MergedEntry[]): readonly string[][] {
  const marks = entries.map(marksOf)
  const places = new Map<string, number[]>()
  for (const [index, own] of marks.entries()) {
    for (const mark of own) places.set(mark, [...(places.get(mark) ?? []), index])
  }
  return marks.map((own, index) => {
    const alike = new Set([...own].flatMap((mark) => places.get(mark) ?? []))
    const ids = [...alike].sort((one, other) => one - other).map((place) => shownId(entries[place]))
    // In a timeline one record may stand in two sections.
    return ids.filter((id) => id !== shownId(entries[index]))
  })
}

function marksOf({ members, group }: MergedEntry): Set<string> {
  const likenesses = members.flatMap(({ section, known }) => {
    const likeness = known[LIKENESS_KEY]
    return typeof likeness === 'string' ? [`likeness ${section} ${likeness}`] : []
  })
  return new Set([...likenesses, ...(group ? [`group ${group.time} ${group.key}`] : [])])
}

function shownId(entry: MergedEntry | undefined): string {
  return entry?.members[0].id ?? ''
}
