/** A contract's `Demographics`, as far as it names places. */
interface Naming {
  readonly addresses?: readonly Address[] | null
  readonly telecom?: readonly Point[] | null
  readonly generalPractice?: {
    readonly odsCode?: string | null
    readonly name?: string | null
  } | null
  readonly contacts?: readonly { readonly telecom?: readonly Point[] | null }[] | null
}

interface Address {
  readonly text?: string | null
  readonly lines?: readonly string[] | null
  readonly city?: string | null
  readonly district?: string | null
  readonly postcode?: string | null
}

interface Point {
  readonly value?: string | null
}

/** What stands in a text where a place was named. */
const WITHHELD_WORDS = '[withheld]'

/**
 * The places that a patient's own demographics name, as words to look for in texts: addresses (whole,
 * line by line, the street alone, the postcode), telephone numbers, the practice by name and code. Case,
 * spaces and commas do not matter. Null where they name none.
 */
export function placesOf(demographics: object): RegExp | null {
  const { addresses, telecom, generalPractice, contacts } = demographics as Naming
  const points = [...(telecom ?? []), ...(contacts ?? []).flatMap((each) => each.telecom ?? [])]
  const words = [
    ...(addresses ?? []).flatMap(wordsOf),
    ...points.map(({ value }) => value),
    generalPractice?.name,
    generalPractice?.odsCode,
  ]
  const patterns = [...new Set(words.map(patternOf))]
    .filter((pattern) => pattern !== '')
    .sort((one, other) => other.length - one.length)
  if (patterns.length === 0) return null
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${patterns.join('|')})(?![\\p{L}\\p{N}])`, 'giu')
}

/** A value of any shape, each text in it without these places; ids stay, for they are opaque. */
export function withoutPlaces<Value>(value: Value, places: RegExp | null): Value {
  return places === null ? value : (replaceIn(value, places) as Value)
}

/** A town is home to many: it alone is not looked for. */
function wordsOf({ text, lines, city, district, postcode }: Address) {
  const wide = new Set([city, district].map((word) => word?.trim().toLowerCase()))
  const own = (lines ?? []).filter((line) => !wide.has(line.trim().toLowerCase()))
  const streets = own.map((line) => /^\d+\w?[\s,]+(\D+\s\D+)$/.exec(line)?.[1])
  return [text, postcode, ...own, ...streets]
}

/** Shorter words, and shorter numbers, are found in doses and results. */
const SHORTEST = 5
const SHORTEST_NUMBER = 9

function patternOf(words: string | null | undefined): string {
  const characters = [...(words ?? '').replace(/[\s,]+/g, '')]
  const isNumber = characters.every((each) => /\d/.test(each))
  if (characters.length < (isNumber ? SHORTEST_NUMBER : SHORTEST)) return ''
  return characters.map((each) => each.replace(/[\\^$.*+?()[\]{}|/]/, '\\$&')).join('[\\s,]*')
}

/** A word of the contract's own, such as HAS_ENTRIES. */
const ENUMERATED = /^[A-Z]+(?:_[A-Z]+)*$/

const OPAQUE = new Set([
  'id',
  'likeness',
  'possibleDuplicateOf',
  'encounterId',
  'resultIds',
  'studyIds',
])

function replaceIn(value: unknown, places: RegExp): unknown {
  if (typeof value === 'string') {
    return ENUMERATED.test(value) ? value : value.replace(places, WITHHELD_WORDS)
  }
  if (Array.isArray(value)) return value.map((each) => replaceIn(each, places))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      OPAQUE.has(key) ? inner : replaceIn(inner, places),
    ]),
  )
}
