import { badArgument } from '../../subgraphs/kit/errors.ts'
import { toNhsNumber } from '../../subgraphs/kit/fhir/nhs-number.ts'

/**
 * An NHS number as ten digits.
 *
 * @throws BAD_USER_INPUT, naming the argument
 */
export function readNhsNumber(written: string): string {
  const number = toNhsNumber(written)
  if (number === null) throw badArgument('nhsNumber', 'a valid NHS number')
  return number
}

/** Control characters, half characters, other ends of lines, and what turns the direction of writing. */
const UNPRINTABLE = /[\p{Cc}\p{Cs}\u2028-\u202e\u2066-\u2069]/u

const MOST_CHARACTERS = 1000

/**
 * Somebody's own words, without the blanks around them.
 *
 * @throws BAD_USER_INPUT, naming the argument
 */
export function readWords(argument: string, written: string, least = 10): string {
  const words = written.trim()
  const length = [...words].length
  if (length < least || length > MOST_CHARACTERS || UNPRINTABLE.test(words)) {
    const expected = `${least} to ${MOST_CHARACTERS} characters on one line, without control characters`
    throw badArgument(argument, expected)
  }
  return words
}

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i

/** An id as it was given out; null for anything else. */
export function readId(written: string): string | null {
  return UUID.test(written) ? written.toLowerCase() : null
}

const USUAL_PAGE = 50
const LARGEST_PAGE = 200

/**
 * How many of a list are wanted: 50 where nothing is said.
 *
 * @throws BAD_USER_INPUT, naming the argument
 */
export function readFirst(first: number | null | undefined): number {
  if (first == null) return USUAL_PAGE
  if (first >= 1 && first <= LARGEST_PAGE) return first
  throw badArgument('first', `a whole number from 1 to ${LARGEST_PAGE}`)
}
