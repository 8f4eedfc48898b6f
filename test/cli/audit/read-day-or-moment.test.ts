import { expect, it } from 'vitest'
import { readDayOrMoment } from '../../../cli/audit/read-day-or-moment.ts'

it.each([
  ['2026-07-01', '2026-06-30T23:00:00.000Z'],
  ['2026-12-01', '2026-12-01T00:00:00.000Z'],
  ['2026-10-25', '2026-10-24T23:00:00.000Z'],
  ['2026-07-01T09:00:00Z', '2026-07-01T09:00:00.000Z'],
])('%s is the moment %s', (written, moment) => {
  expect(readDayOrMoment(written)?.toISOString()).toBe(moment)
})

it.each(['2026', '2026-07', '2026-02-30', '2026-07-01T09:00:00', 'soon'])(
  '%s is neither a day nor a moment',
  (written) => {
    expect(readDayOrMoment(written)).toBeNull()
  },
)
