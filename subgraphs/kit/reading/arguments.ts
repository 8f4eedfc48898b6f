import { badArgument } from '../errors.ts'
import { fromCursor, type Position } from '../position.ts'
import { readMoment } from './moment.ts'

/** The most entries that one page holds. */
export const PAGE_LIMIT = 500

/**
 * How many entries a page is to hold.
 *
 * @param otherwise what is taken where nothing is said
 * @throws BAD_USER_INPUT, naming the argument
 */
export function readFirst<Otherwise extends number | null>(
  first: unknown,
  otherwise: Otherwise,
  most = PAGE_LIMIT,
): number | Otherwise {
  if (first === undefined || first === null) return otherwise
  if (typeof first === 'number' && Number.isInteger(first) && first >= 1 && first <= most) {
    return first
  }
  throw badArgument('first', `a whole number from 1 to ${most}`)
}

/**
 * Behind which place a page begins; null for the beginning.
 *
 * @throws BAD_USER_INPUT, naming the argument
 */
export function readAfter(after: unknown): Position | null {
  if (after === undefined || after === null) return null
  const position = typeof after === 'string' ? fromCursor(after) : null
  const isReadable =
    position && isStorable(position.key) && (position.id === undefined || isStorable(position.id))
  if (!isReadable) throw badArgument('after', 'a cursor that this graph gave out')
  return position
}

/** A stretch of time, open where null: `since` belongs to it, `until` does not. */
export interface Stretch {
  readonly since: Date | null
  readonly until: Date | null
}

/**
 * The time that is asked about.
 *
 * @throws BAD_USER_INPUT, naming the argument, also for a stretch that nothing can fall into: its answer
 *   would read as if nothing were recorded
 */
export function readStretch(written: {
  readonly since?: unknown
  readonly until?: unknown
}): Stretch {
  const since = readTime('since', written.since)
  const until = readTime('until', written.until)
  if (since && until && since >= until) throw badArgument('until', "later than argument 'since'")
  return { since, until }
}

/**
 * The beginning of a date, or a moment.
 *
 * @throws BAD_USER_INPUT, naming the argument
 */
export function readTime(argument: string, time: unknown): Date | null {
  if (time === undefined || time === null) return null
  const moment = typeof time === 'string' ? readMoment(time) : null
  if (!moment) {
    throw badArgument(argument, 'a date or, with its offset from UTC, a moment in ISO 8601')
  }
  return moment
}

/**
 * The words that entries are chosen by; null for all. An empty list is refused, since it filters
 * everything away: the answer would read as if nothing were recorded.
 *
 * @throws BAD_USER_INPUT, naming the argument
 */
export function readWords(argument: string, words: unknown): readonly string[] | null {
  if (words === undefined || words === null) return null
  const isList =
    Array.isArray(words) &&
    words.length >= 1 &&
    words.length <= 1000 &&
    words.every((word): word is string => typeof word === 'string' && isStorable(word))
  if (!isList) throw badArgument(argument, 'left out, or a list of 1 to 1000 values')
  return words
}

/** PostgreSQL takes no NUL in a text, and no half of a surrogate pair in JSON. */
function isStorable(text: string): boolean {
  return !/\0|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/.test(text)
}
