import { toInstant, toLastInstant } from '../../subgraphs/kit/fhir/time.ts'
import { dayInLondon } from '../../subgraphs/kit/london.ts'

const MINUTE_MS = 60_000

/**
 * The last moment of the longest date that begins at a moment, in milliseconds since 1970: of a midnight in
 * London the end of the day, of the month or of the year. A place in a list tells when its entry begins, and
 * not how precisely it is dated.
 */
export function endOfLongestDate(beginning: number): number {
  const day = dayInLondon(new Date(beginning))
  const dates = [day.slice(0, 'YYYY'.length), day.slice(0, 'YYYY-MM'.length), day]
  const longest = dates.find((date) => toInstant(date)?.getTime() === beginning)
  const end = longest === undefined ? undefined : toLastInstant(longest)?.getTime()
  // A time may be told without its seconds.
  return end ?? (beginning % MINUTE_MS === 0 ? beginning + MINUTE_MS - 1 : beginning)
}
