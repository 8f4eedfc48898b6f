import { dayInLondon } from '../london.ts'
import { type Element, element, isElement, text } from './elements.ts'
import { dateTime, dayOf, toInstant } from './time.ts'

/** A moment at which something is looked at: a time, or no more than a day, month or year. */
export interface Moment {
  /** `2019-03-04`, or the part of it that is known: the calendar of London. */
  readonly day: string
  /** Null where no more than the day counts. */
  readonly instant: Date | null
}

/** A time as a moment. */
export function momentOf(time: Date): Moment {
  return { day: dayInLondon(time), instant: time }
}

/** The moment at which to look at a patient: now, or the day of the death where that is earlier. */
export function lastMomentOf(deceasedAt: string | null, now: Date): Moment {
  const death = toInstant(deceasedAt)
  if (deceasedAt === null || death === null || death >= now) return momentOf(now)
  return { day: dayOf(deceasedAt), instant: null }
}

/** When a FHIR Period was, seen from a moment. */
export type Tense = 'ENDED' | 'PRESENT' | 'TO_COME'

/**
 * Whether a FHIR Period is over, covers the moment or is still to come. A date means its whole day, a
 * month all of it, in London: who moves on the 1st of June is found at the old address until midnight.
 * An end that cannot be read has been, and so has a period of another shape: what somebody has ended is not
 * shown as present.
 */
export function tenseOf(period: unknown, moment: Moment): Tense {
  if (isThere(period) && !isElement(period)) return 'ENDED'
  const { start, end } = element(period)
  if (isThere(end) && !isOpen(end) && !reaches(end, moment)) return 'ENDED'
  const begin = dateTime(start)
  if (begin === null || toInstant(begin) === null) return 'PRESENT'
  return compare(begin, moment) > 0 ? 'TO_COME' : 'PRESENT'
}

/** True for an element with a `period` and a `use` that is in use at the moment. */
export function isCurrent(source: Element, moment: Moment): boolean {
  return useOf(source) !== 'old' && tenseOf(source['period'], moment) === 'PRESENT'
}

/** The `use` of an element, in small letters. */
export function useOf(source: Element): string | null {
  return text(source['use'])?.trim().toLowerCase() ?? null
}

function isThere(end: unknown): boolean {
  return end !== undefined && end !== null && !(typeof end === 'string' && end.trim() === '')
}

/** Years that are none, such as 0001, are how some systems write that there is no end. */
function isOpen(end: unknown): boolean {
  const time = dateTime(end)
  return time !== null && toInstant(time) === null
}

function reaches(end: unknown, moment: Moment): boolean {
  const time = dateTime(end)
  return time !== null && compare(time, moment) >= 0
}

/** Below zero for a time before the moment; zero where they cannot be told apart. */
function compare(time: string, { day, instant }: Moment): number {
  const precise = time.length > 10 ? toInstant(time) : null
  if (precise !== null && instant !== null) return precise.getTime() - instant.getTime()
  const date = dayOf(time)
  const length = Math.min(date.length, day.length)
  const [one, other] = [date.slice(0, length), day.slice(0, length)]
  return one === other ? 0 : one < other ? -1 : 1
}
