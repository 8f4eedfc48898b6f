/** A night in London. */
export interface Night {
  /** The day on whose evening it begins, `YYYY-MM-DD`. */
  readonly evening: string
  readonly begins: Date
}

const BEGINS_AT = 22
const ENDS_AT = 6
const HOUR_MS = 3_600_000

const london = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Europe/London',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  hourCycle: 'h23',
})

/**
 * The night, from 22:00 until 06:00 by the clocks of London, that a moment falls into; null by day.
 * When the clocks change it is an hour shorter or longer.
 */
export function nightOf(moment: Date): Night | null {
  const { day, hour } = readClock(moment)
  if (hour < BEGINS_AT && hour >= ENDS_AT) return null
  const evening = hour >= BEGINS_AT ? day : dayBefore(day)
  return { evening, begins: eveningOf(evening) }
}

function eveningOf(day: string): Date {
  const inWinter = new Date(`${day}T${BEGINS_AT}:00:00Z`)
  return readClock(inWinter).hour === BEGINS_AT ? inWinter : new Date(inWinter.getTime() - HOUR_MS)
}

function dayBefore(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - 24 * HOUR_MS).toISOString().slice(0, 10)
}

function readClock(moment: Date): { readonly day: string; readonly hour: number } {
  const parts = new Map(london.formatToParts(moment).map(({ type, value }) => [type, value]))
  const day = `${parts.get('year')}-${parts.get('month')}-${parts.get('day')}`
  return { day, hour: Number(parts.get('hour')) }
}
