import { identifierKeyOf, isSharedKey } from '../../subgraphs/kit/position.ts'
import type { MergedEntry } from './entries.ts'
import { LIKENESS_KEY } from './names.ts'

/**
 * No entry points at more others. A source that repeats one entry ten thousand times would else make
 * an answer, and work, of its square.
 */
const MOST_ALIKE = 50

/**
 * For every entry of a page the ids of the others that look like it, the first ones of them: the same
 * likeness in any source, or the same identifier and moment where these were not joined.
 */
export function possibleDuplicates(entries: readonly MergedEntry[]): readonly string[][] {
  const marks = entries.map(marksOf)
  const places = new Map<string, number[]>()
  for (const [index, own] of marks.entries()) {
    for (const mark of own) {
      const alike = places.get(mark)
      if (!alike) places.set(mark, [index])
      // One more, since an entry does not point at itself.
      else if (alike.length <= MOST_ALIKE) alike.push(index)
    }
  }
  return marks.map((own, index) => {
    const alike = new Set([...own].flatMap((mark) => places.get(mark) ?? []))
    const ids = [...alike].sort((one, other) => one - other).map((place) => shownId(entries[place]))
    // In a timeline one record may stand in two sections.
    return ids.filter((id) => id !== shownId(entries[index])).slice(0, MOST_ALIKE)
  })
}

function marksOf({ members }: MergedEntry): Set<string> {
  const likenesses = members.flatMap(({ section, known }) => {
    const likeness = known[LIKENESS_KEY]
    return typeof likeness === 'string' ? [`likeness ${section} ${likeness}`] : []
  })
  const [{ time, key }] = members
  const identifier = isSharedKey(key) ? [`identifier ${time} ${identifierKeyOf(key)}`] : []
  return new Set([...likenesses, ...identifier])
}

function shownId(entry: MergedEntry | undefined): string {
  return entry?.members[0].id ?? ''
}
