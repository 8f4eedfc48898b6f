const hourInLondon = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London',
  hour: '2-digit',
  hourCycle: 'h23',
})

const londonDay = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Europe/London',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
})

/** Before, London's clocks told the time of no zone, by minutes and seconds. */
const FIRST_YEAR = 1900

const HOUR_MS = 3_600_000

/**
 * The moment at which the clocks of London show a date and time. What they skip in spring counts as after the
 * skip; what comes twice in autumn as the second time. A day begins at its midnight, also when clocks change.
 *
 * @param shown the date and time, as if they were in UTC
 */
export function momentInLondon(shown: Date): Date {
  const first = new Date(shown.getTime() - hoursAhead(shown) * HOUR_MS)
  return new Date(shown.getTime() - hoursAhead(first) * HOUR_MS)
}

/** The day that it is in London, `YYYY-MM-DD`. */
export function dayInLondon(moment: Date): string {
  return moment.getUTCFullYear() < FIRST_YEAR
    ? moment.toISOString().slice(0, 10)
    : londonDay.format(moment)
}

/** How far London's clocks are before those of UTC. */
function hoursAhead(moment: Date): number {
  if (moment.getUTCFullYear() < FIRST_YEAR) return 0
  return (Number(hourInLondon.format(moment)) - moment.getUTCHours() + 24) % 24
}
