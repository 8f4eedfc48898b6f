import { describe, expect, it } from 'vitest'
import type { MergedEntry } from '../../../gateway/record/entries.ts'
import { LIKENESS_KEY } from '../../../gateway/record/names.ts'
import { showEntries } from '../../../gateway/record/shown-entries.ts'

/** What one source repeats: a copy of an entry under an id of its own. */
function copies(count: number, as: { likeness?: string; key?: string }): MergedEntry[] {
  return Array.from({ length: count }, (_, index): MergedEntry => {
    const place = { time: '2026-01-01T00:00:00.000Z', key: as.key ?? `e${index}` }
    const known = as.likeness === undefined ? {} : { [LIKENESS_KEY]: as.likeness }
    const entry = {
      ...{ ...place, id: `${as.key ?? as.likeness}-${index}`, index, known, connection: {} },
      ...{ participant: 'nel', section: 'allergies', isExcluded: false },
    }
    return { members: [entry], position: place }
  })
}

/** The sources' own ids of what each entry points at. */
const possibleDuplicates = (entries: readonly MergedEntry[]) =>
  showEntries(entries, true).map(({ duplicates }) => duplicates.map((id) => id.replace(/~.*/, '')))

const idsOf = (entries: readonly MergedEntry[]) => entries.map(({ members: [{ id }] }) => id)

describe('Entries that look alike', () => {
  it('point at each other, by likeness and by an identifier that they could not be joined by', () => {
    const entries = [...copies(2, { likeness: 'a' }), ...copies(3, { key: 'i1' }), ...copies(1, {})]
    expect(possibleDuplicates(entries)).toEqual([
      ['a-1'],
      ['a-0'],
      ['i1-1', 'i1-2'],
      ['i1-0', 'i1-2'],
      ['i1-0', 'i1-1'],
      [],
    ])
  })

  it.each([[{ likeness: 'a' }], [{ key: 'i1' }], [{ likeness: 'a', key: 'i1' }]])(
    'point at fifty others at most, however often a source repeats one (%o)',
    (as) => {
      const entries = copies(10_000, as)
      const ids = idsOf(entries)
      const alike = possibleDuplicates(entries)
      expect(alike).toHaveLength(10_000)
      expect(alike[0]).toEqual(ids.slice(1, 51))
      expect(alike[7]).toEqual([...ids.slice(0, 7), ...ids.slice(8, 51)])
      for (const own of alike.slice(51)) expect(own).toEqual(ids.slice(0, 50))
    },
  )
})
