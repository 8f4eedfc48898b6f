const moment = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
})

const HOUR_MS = 3_600_000

/**
 * A moment as it is said in London: `2 November 2026 at 10:15`. In the hour that comes twice, when
 * clocks go back, with `(summer time)` or `(winter time)`.
 */
export function inLondon(time: Date): string {
  const said = say(time)
  const later = new Date(time.getTime() + HOUR_MS)
  const earlier = new Date(time.getTime() - HOUR_MS)
  if (say(later) === said) return `${said} (summer time)`
  return say(earlier) === said ? `${said} (winter time)` : said
}

/** The day that a moment belongs to in London: `2 November 2026`. */
export function dayOf(time: Date): string {
  const [day] = say(time).split(' at ')
  return day ?? ''
}

function say(time: Date): string {
  const parts = new Map(moment.formatToParts(time).map(({ type, value }) => [type, value]))
  const [day, month, year, hour, minute] = ['day', 'month', 'year', 'hour', 'minute'].map((type) =>
    parts.get(type as Intl.DateTimeFormatPartTypes),
  )
  return `${day} ${month} ${year} at ${hour}:${minute}`
}
