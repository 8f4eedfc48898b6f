import { toNameKey } from '../../../../subgraphs/kit/person/name-key.ts'

/** The contract's `HumanName`, as far as names are compared. */
export interface PatientName {
  readonly given?: readonly string[] | null
  readonly family?: string | null
}

/** A user's name, folded, in one way of reading it: where the family name begins is not written. */
export interface ReadName {
  readonly givenKeys: readonly string[]
  readonly familyKey: string
}

const TITLES = new Set([
  'dr',
  'mr',
  'mrs',
  'ms',
  'miss',
  'mx',
  'prof',
  'professor',
  'sister',
  'nurse',
])

/**
 * Every way of reading the name of a token: `Dr Tom Adeyemi`, `ADEYEMI, Tom (Dr)`, or, as NHS CIS2
 * writes it, `ADEYEMI Tom Mr`. Titles are left out; a family name may be several words. Empty for a
 * name of one word.
 */
export function readUserName(written: string): ReadName[] {
  const [beforeComma = '', afterComma] = written.split(',', 2)
  if (afterComma !== undefined) return readSplit(wordsOf(afterComma), wordsOf(beforeComma))
  const words = wordsOf(written)
  const isFamilyFirst = isTitle(written.trim().split(/\s+/).at(-1) ?? '')
  return words.slice(1).flatMap((_, place) => {
    const [first, second] = [words.slice(0, place + 1), words.slice(place + 1)]
    return isFamilyFirst ? readSplit(second, first) : readSplit(first, second)
  })
}

/** The folded family names of a patient. */
export function familyKeysOf(names: readonly PatientName[]): ReadonlySet<string> {
  return new Set(names.flatMap(({ family }) => keysOf([family ?? ''])))
}

/** Whether a user's name is a patient's: family names equal, and first or all given names. */
export function isSameName(user: ReadName, { given, family }: PatientName): boolean {
  if (!family || toNameKey(family) !== user.familyKey) return false
  const patientGiven = givenKeysOf(given ?? [])
  return user.givenKeys.some((key) => patientGiven.includes(key))
}

function readSplit(given: readonly string[], family: readonly string[]): ReadName[] {
  const [familyKey] = keysOf([family.join('')])
  const givenKeys = givenKeysOf(given)
  return familyKey === undefined || givenKeys.length === 0 ? [] : [{ givenKeys, familyKey }]
}

/** `Anna Maria` is also written `Annamaria`, and shortened to `Anna`. */
function givenKeysOf(given: readonly string[]): string[] {
  return keysOf([given.join(''), given[0] ?? ''])
}

function keysOf(names: readonly string[]): string[] {
  return names.flatMap((name) => toNameKey(name) ?? [])
}

function wordsOf(written: string): string[] {
  return written.split(/\s+/).filter((word) => toNameKey(word) !== null && !isTitle(word))
}

function isTitle(word: string): boolean {
  return TITLES.has(toNameKey(word) ?? '')
}
