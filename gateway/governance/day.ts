import { dayInLondon } from '../../subgraphs/kit/london.ts'

/** A day in a day's own words, `YYYY-MM-DD`, if there is such a day in the calendar. */
function isDay(written: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(written)) return false
  const moment = new Date(`${written}T00:00:00Z`)
  return !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(written)
}

/** Before this day nobody shared a record that could have been objected to. */
const FIRST_DAY = '2000-01-01'

/** A day on which somebody can have objected: since records are shared, and not in the future. */
export function isPastDay(written: string, now: Date): boolean {
  return isDay(written) && written >= FIRST_DAY && written <= dayInLondon(now)
}
