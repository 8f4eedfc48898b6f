import { identifierKeyOf, isSharedKey } from '../../subgraphs/kit/position.ts'
import type { MergedEntry } from './entries.ts'
import { LIKENESS_KEY } from './names.ts'

/**
 * No entry points at more others. A source that repeats one entry ten thousand times would else make
 * an answer, and work, of its square.
 */
const MOST_ALIKE = 50

/** Which entries of a list look like one of them. */
export interface Alike {
  /** Their places, the first ones of them. */
  readonly places: readonly number[]
  /** Places of all that are linked by looking alike, itself among them; one list for all of these; null for who looks like nobody. */
  readonly kin: readonly number[] | null
}

/**
 * For every entry of a list the others that look like it: the same likeness in any source, or the same
 * identifier and moment where these were not joined.
 */
export function lookAlikes(entries: readonly MergedEntry[]): Alike[] {
  const marks = entries.map(marksOf)
  const firstOnes = new Map<string, number[]>()
  const kinOf = entries.map((_, index) => index)
  for (const [index, own] of marks.entries()) {
    for (const mark of own) {
      const alike = firstOnes.get(mark)
      if (alike) link(kinOf, alike[0] ?? index, index)
      if (!alike) firstOnes.set(mark, [index])
      // One more, since an entry does not point at itself.
      else if (alike.length <= MOST_ALIKE) alike.push(index)
    }
  }
  const kin = new Map<number, number[]>()
  for (const index of kinOf.keys()) {
    const root = rootOf(kinOf, index)
    const own = kin.get(root)
    if (own) own.push(index)
    else kin.set(root, [index])
  }
  return marks.map((own, index) => {
    const alike = new Set([...own].flatMap((mark) => firstOnes.get(mark) ?? []))
    // In a timeline one record may stand in two sections.
    const places = [...alike].filter((place) => idAt(entries, place) !== idAt(entries, index))
    places.sort((one, other) => one - other)
    const all = kin.get(rootOf(kinOf, index)) ?? []
    return { places: places.slice(0, MOST_ALIKE), kin: all.length > 1 ? all : null }
  })
}

function link(kinOf: number[], one: number, other: number): void {
  const [a, b] = [rootOf(kinOf, one), rootOf(kinOf, other)]
  kinOf[Math.max(a, b)] = Math.min(a, b)
}

function rootOf(kinOf: number[], index: number): number {
  let root = index
  for (let next = kinOf[root] ?? root; next !== root; next = kinOf[root] ?? root) root = next
  kinOf[index] = root
  return root
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

function idAt(entries: readonly MergedEntry[], place: number): string | undefined {
  return entries[place]?.members[0].id
}
