import type { Period } from '../generated/contract.ts'
import { dayInLondon, momentInLondon } from '../london.ts'
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

/** A moment as a stretch that ends where it begins: an open end would mean that it goes on. */
export function momentAsPeriod(source: unknown): Period | null {
  const at = dateTime(source)
  return at === null ? null : { start: at, end: at }
}

/** `from 2024-01-01 until 2024-02`, `until 2024-02`; null without an end. */
export function periodText(found: Period | null): string | null {
  const { start = null, end = null } = found ?? {}
  const ends = [start && `from ${start}`, end && `until ${end}`]
  return ends.filter(Boolean).join(' ') || null
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
 * The moment that a date or time stands for: a partial date means its beginning, and what has no offset is
 * what the clocks of London show. Null outside the years 2 to 9999: year 1 is how some systems write "none".
 */
export function toInstant(time: string | null): Date | null {
  const written = time === null ? null : parse(time)
  return written && within(momentOf(written.shown, written.offset))
}

/**
 * The last moment that a date or time may mean, to the millisecond: of `2019` the last of that year in
 * London. Null where `toInstant` is.
 */
export function toLastInstant(time: string | null): Date | null {
  const written = time === null ? null : parse(time)
  if (!written || !within(momentOf(written.shown, written.offset))) return null
  const { shown, offset, unit } = written
  if (unit === null) return momentOf(shown, offset)
  const [year, month, day] = [shown.getUTCFullYear(), shown.getUTCMonth(), shown.getUTCDate()]
  const next = new Date(shown)
  if (unit === 'YEAR') next.setUTCFullYear(year + 1)
  if (unit === 'MONTH') next.setUTCMonth(month + 1)
  if (unit === 'DAY') next.setUTCDate(day + 1)
  if (unit === 'MINUTE') next.setUTCMinutes(shown.getUTCMinutes() + 1)
  return new Date(momentOf(next, offset).getTime() - 1)
}

function momentOf(shown: Date, offset: number | null): Date {
  return offset === null ? momentInLondon(shown) : new Date(shown.getTime() - offset * 60_000)
}

function within(instant: Date): Date | null {
  const year = instant.getUTCFullYear()
  return year < 2 || year > 9999 ? null : instant
}

/** The moment to the minute, `2019-03-04T08:30Z`; a partial date as it is. */
export function minuteOf(time: string | null): string | null {
  if (time === null || time.length <= 10) return time
  const instant = toInstant(time)
  return instant ? `${instant.toISOString().slice(0, 16)}Z` : null
}

/** The day that it was in London; a date, whole or partial, as it is. */
export function dayOf(time: string): string
export function dayOf(time: string | null): string | null
export function dayOf(time: string | null): string | null {
  if (time === null || time.length <= 10) return time
  const instant = toInstant(time)
  return instant ? dayInLondon(instant) : time.slice(0, 10)
}

/** A date or time as it is written. */
interface Written {
  /** The date and time as if they were in UTC. */
  readonly shown: Date
  /** In minutes; null where none is written. */
  readonly offset: number | null
  /** How much of time it means; null for a moment. */
  readonly unit: 'YEAR' | 'MONTH' | 'DAY' | 'MINUTE' | null
}

function parse(source: string): Written | null {
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
  const offset = match[8] === undefined ? null : offsetMinutes(match[8])
  if (offset === undefined) return null
  const shown = new Date(0)
  shown.setUTCFullYear(year, month - 1, day)
  // A leap second becomes the last one that Date can hold.
  const milliseconds = Number(`${match[7] ?? ''}000`.slice(0, 3))
  shown.setUTCHours(hour, minute, Math.min(second, 59), milliseconds)
  return { shown, offset, unit: unitOf(match) }
}

function unitOf([, , month, day, hour, , second]: RegExpExecArray): Written['unit'] {
  if (month === undefined) return 'YEAR'
  if (day === undefined) return 'MONTH'
  if (hour === undefined) return 'DAY'
  return second === undefined ? 'MINUTE' : null
}

function daysIn(year: number, month: number): number {
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  if (month === 2) return isLeap ? 29 : 28
  return [4, 6, 9, 11].includes(month) ? 30 : 31
}

/** Undefined for what is no offset. */
function offsetMinutes(offset: string): number | undefined {
  if (offset === 'Z') return 0
  const hours = Number(offset.slice(1, 3))
  const minutes = Number(offset.slice(4, 6))
  if (hours > 14 || minutes > 59) return undefined
  return (offset.startsWith('-') ? -1 : 1) * (hours * 60 + minutes)
}
