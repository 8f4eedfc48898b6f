import type { Period } from '../generated/contract.ts'
import { element, list } from './elements.ts'

const DATE_TIME =
  /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d+))?)?(Z|[+-]\d\d:\d\d)?)?)?)?$/

/**
 * A FHIR date, dateTime or instant exactly as the source wrote it, precision and offset included;
 * null for anything that is no date of the calendar.
 */
export function dateTime(source: unknown): string | null {
  return typeof source === 'string' && parse(source) ? source : null
}

/** The first of several that is a date or moment. */
export function firstTime(...sources: readonly unknown[]): string | null {
  for (const source of sources) {
    const time = dateTime(source)
    if (time !== null) return time
  }
  return null
}

/** A FHIR Period; null where neither end is a date. */
export function period(source: unknown): Period | null {
  const start = dateTime(element(source)['start'])
  const end = dateTime(element(source)['end'])
  return start === null && end === null ? null : { start, end }
}

/** The first moment of a FHIR Timing: its first event, or the beginning of its bounds. */
function timingStart(source: unknown): string | null {
  const timing = element(source)
  const bounds = period(element(timing['repeat'])['boundsPeriod'])
  return firstTime(...list(timing['event']), bounds?.start)
}

/** When an `effective[x]` or `occurrence[x]` begins. */
export function choiceStart(
  source: Readonly<Record<string, unknown>>,
  name: string,
): string | null {
  return firstTime(
    source[`${name}DateTime`],
    source[`${name}Instant`],
    period(source[`${name}Period`])?.start,
    timingStart(source[`${name}Timing`]),
    period(source[`${name}Period`])?.end,
  )
}

/**
 * The moment that a date or time stands for: a partial date means its beginning, a time without an
 * offset is taken as UTC. Null outside the years 2 to 9999: year 1 is how some systems write "none".
 */
export function toInstant(time: string | null): Date | null {
  const instant = time === null ? null : parse(time)
  if (!instant) return null
  const year = instant.getUTCFullYear()
  return year < 2 || year > 9999 ? null : instant
}

/** The moment to the minute, `2019-03-04T08:30Z`; a partial date as it is. */
export function minuteOf(time: string | null): string | null {
  if (time === null || time.length <= 10) return time
  const instant = toInstant(time)
  return instant ? `${instant.toISOString().slice(0, 16)}Z` : null
}

/** The calendar day as the source wrote it; a partial date as it is. */
export function dayOf(time: string | null): string | null {
  return time === null ? null : time.slice(0, 10)
}

function parse(source: string): Date | null {
  const match = DATE_TIME.exec(source)
  if (!match) return null
  const [year, month, day] = [Number(match[1]), Number(match[2] ?? 1), Number(match[3] ?? 1)]
  if (year < 1 || month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return null
  const [hour, minute, second] = [
    Number(match[4] ?? 0),
    Number(match[5] ?? 0),
    Number(match[6] ?? 0),
  ]
  if (hour > 23 || minute > 59 || second > 60) return null
  const offset = offsetMinutes(match[8])
  if (offset === null) return null
  const instant = new Date(0)
  instant.setUTCFullYear(year, month - 1, day)
  // A leap second becomes the last one that Date can hold.
  const milliseconds = Number(`${match[7] ?? ''}000`.slice(0, 3))
  instant.setUTCHours(hour, minute - offset, Math.min(second, 59), milliseconds)
  return instant
}

function daysIn(year: number, month: number): number {
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  if (month === 2) return isLeap ? 29 : 28
  return [4, 6, 9, 11].includes(month) ? 30 : 31
}

function offsetMinutes(offset: string | undefined): number | null {
  if (offset === undefined || offset === 'Z') return 0
  const hours = Number(offset.slice(1, 3))
  const minutes = Number(offset.slice(4, 6))
  if (hours > 14 || minutes > 59) return null
  return (offset.startsWith('-') ? -1 : 1) * (hours * 60 + minutes)
}
