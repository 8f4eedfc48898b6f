import fc from 'fast-check'
import { expect, it } from 'vitest'
import { dayInLondon, momentInLondon } from '../../../subgraphs/kit/london.ts'

it.each([
  ['in winter', '2026-01-15T09:30:00Z', '2026-01-15T09:30:00.000Z'],
  ['in summer', '2026-07-15T09:30:00Z', '2026-07-15T08:30:00.000Z'],
  ['before the clocks go forward', '2026-03-29T00:59:59Z', '2026-03-29T00:59:59.000Z'],
  ['that they skip', '2026-03-29T01:30:00Z', '2026-03-29T01:30:00.000Z'],
  ['after they went forward', '2026-03-29T02:00:00Z', '2026-03-29T01:00:00.000Z'],
  ['before they go back', '2026-10-25T00:59:59Z', '2026-10-24T23:59:59.000Z'],
  ['that comes twice', '2026-10-25T01:30:00Z', '2026-10-25T01:30:00.000Z'],
  ['after they went back', '2026-10-25T02:00:00Z', '2026-10-25T02:00:00.000Z'],
  ['in the war, two hours ahead', '1942-07-01T00:00:00Z', '1942-06-30T22:00:00.000Z'],
])('London has a time %s', (_, shown, moment) => {
  expect(momentInLondon(new Date(shown)).toISOString()).toBe(moment)
})

it('Every day begins at the first moment that is of it in London, and so do the days when clocks change', () => {
  fc.assert(
    fc.property(fc.integer({ min: -25_000, max: 40_000 }), (days) => {
      const day = new Date(days * 86_400_000)
      const begins = momentInLondon(day)
      expect(dayInLondon(begins)).toBe(day.toISOString().slice(0, 10))
      expect(dayInLondon(new Date(begins.getTime() - 1)) < dayInLondon(begins)).toBe(true)
    }),
    { examples: [[20_541], [20_542], [20_751], [20_752]] },
  )
})
