import { type Element, element, elements } from './elements.ts'
import type { FhirResource } from './resource.ts'
import { dateTime, toInstant } from './time.ts'

const DAY_MS = 24 * 60 * 60_000

/**
 * The last moment, up to now, at which something of a Patient began or was over, by its period; null
 * where nothing has. It is never early: an hour late in summer, since a day of London ends before one of
 * UTC, and up to three days after a month of which no more than its name is written.
 */
export function lastTurnOf(patient: FhirResource, now: Date): Date | null {
  const parts = [
    ...['identifier', 'name', 'address', 'telecom', 'contact'].map((part) => patient[part]),
    elements(patient['generalPractitioner']).map((one) => element(one['identifier'])),
    elements(patient['contact']).flatMap((one) => elements(one['telecom'])),
  ]
  const turns = parts
    .flatMap((part) => elements(part).flatMap(turnsOf))
    .filter((turn) => turn <= now.getTime())
  return turns.length === 0 ? null : new Date(turns.reduce((one, other) => Math.max(one, other)))
}

function turnsOf(part: Element): number[] {
  const { start, end } = element(part['period'])
  const beginning = toInstant(dateTime(start))?.getTime()
  const time = dateTime(end)
  const ending = time === null ? undefined : toInstant(time)?.getTime()
  return [beginning, ending === undefined ? undefined : ending + lengthOf(time ?? '')].filter(
    (turn) => turn !== undefined,
  )
}

/** How long a date lasts at most: a year, a month, a day; a time does not. */
function lengthOf(time: string): number {
  if (time.length > 10) return 0
  return (time.length > 7 ? 1 : time.length > 4 ? 31 : 366) * DAY_MS
}
