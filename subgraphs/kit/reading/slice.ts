import { badArgument } from '../errors.ts'
import { fromCursor, type Position } from '../position.ts'
import { readMoment } from './moment.ts'

/** A record as it is asked for. */
export interface RecordKey {
  readonly nhsNumber: string
  /** The one server of the participant whose record it is; null for what all of them hold. */
  readonly server: string | null
}

/** What is asked of one section of one patient's record. */
export interface Slice extends RecordKey {
  /** The contract's field: `allergies`, `testResults`, … */
  readonly section: string
  /** At most this many entries; null for all. */
  readonly first: number | null
  readonly after: Position | null
  /** Inclusive. */
  readonly since: Date | null
  /** Exclusive. Entries without a time count as older than any moment, as they do in the order. */
  readonly until: Date | null
  readonly codes: readonly string[] | null
  /** Null: all but ENTERED_IN_ERROR. */
  readonly status: readonly string[] | null
}

/** A section's arguments as GraphQL hands them over. */
export interface SectionArguments {
  readonly first?: unknown
  readonly after?: unknown
  readonly since?: unknown
  readonly until?: unknown
  readonly codes?: unknown
  readonly status?: unknown
}

/** A section's name and how many entries it answers with when not told. */
export interface Section {
  readonly name: string
  /** Null: all of them, because a list cut short would be read as complete. */
  readonly defaultFirst: number | null
}

/**
 * Reads a section's arguments.
 *
 * @throws BAD_USER_INPUT, naming the argument, when one cannot be used
 */
export function toSlice(
  { nhsNumber, server }: RecordKey,
  section: Section,
  args: SectionArguments,
): Slice {
  return {
    nhsNumber,
    server,
    section: section.name,
    first: readFirst(args.first, section.defaultFirst),
    after: readAfter(args.after),
    since: readTime('since', args.since),
    until: readTime('until', args.until),
    codes: readWords('codes', args.codes),
    status: readWords('status', args.status),
  }
}

function readFirst(first: unknown, otherwise: number | null): number | null {
  if (first === undefined || first === null) return otherwise
  if (typeof first === 'number' && Number.isInteger(first) && first >= 1 && first <= 500) {
    return first
  }
  throw badArgument('first', 'a whole number from 1 to 500')
}

function readAfter(after: unknown): Position | null {
  if (after === undefined || after === null) return null
  const position = typeof after === 'string' ? fromCursor(after) : null
  const isReadable =
    position && isStorable(position.key) && (position.id === undefined || isStorable(position.id))
  if (!isReadable) throw badArgument('after', 'a cursor that this graph gave out')
  return position
}

function readTime(argument: string, time: unknown): Date | null {
  if (time === undefined || time === null) return null
  const moment = typeof time === 'string' ? readMoment(time) : null
  if (!moment) {
    throw badArgument(argument, 'a date or, with its offset from UTC, a moment in ISO 8601')
  }
  return moment
}

function readWords(argument: string, words: unknown): readonly string[] | null {
  if (words === undefined || words === null) return null
  const isList =
    Array.isArray(words) &&
    words.length >= 1 &&
    words.length <= 1000 &&
    words.every((word): word is string => typeof word === 'string' && isStorable(word))
  // An empty list filters everything away: the answer would read as if nothing were recorded.
  if (!isList) throw badArgument(argument, 'left out, or a list of 1 to 1000 values')
  return words
}

/** PostgreSQL takes no NUL in a text, and no half of a surrogate pair in JSON. */
function isStorable(text: string): boolean {
  return !/\0|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/.test(text)
}
