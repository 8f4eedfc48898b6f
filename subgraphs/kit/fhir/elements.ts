/** A FHIR element whose parts are looked at with care. */
export type Element = Readonly<Record<string, unknown>>

const EMPTY: Element = Object.freeze({})

/** True for a JSON object: not null, not a list. */
export function isElement(source: unknown): source is Element {
  return typeof source === 'object' && source !== null && !Array.isArray(source)
}

/** The element, or one without parts where the source has none or another shape. */
export function element(source: unknown): Element {
  return isElement(source) ? source : EMPTY
}

/** The entries of a list; none where the source has none or another shape. */
export function list(source: unknown): readonly unknown[] {
  return Array.isArray(source) ? source : []
}

/** The elements of a list, entries of another shape left out. */
export function elements(source: unknown): readonly Element[] {
  return list(source).filter(isElement)
}

const UNSTORABLE = /[\0\p{Surrogate}]/gu

/** Words without what PostgreSQL's text and JSON cannot hold: NUL, and half a surrogate pair. */
export function storable(words: string): string {
  return words.replaceAll(UNSTORABLE, '')
}

/** The words as written, as far as they can be stored; null for blanks and other shapes. */
export function text(source: unknown): string | null {
  if (typeof source !== 'string') return null
  const words = storable(source)
  return words.trim() === '' ? null : words
}

/** The words of a list, blanks and other shapes left out. */
export function texts(source: unknown): string[] {
  return present(list(source).map(text))
}

/** A number that JSON and GraphQL can carry, or null. */
export function number(source: unknown): number | null {
  return typeof source === 'number' && Number.isFinite(source) ? source : null
}

/** A whole number in GraphQL's 32 bits, or null. */
export function integer(source: unknown): number | null {
  return Number.isInteger(source) && source === (Number(source) | 0) ? Number(source) : null
}

/** True or false, or null where the source says neither. */
export function flag(source: unknown): boolean | null {
  return typeof source === 'boolean' ? source : null
}

/** The code word of a `code`, or of the first coding of a CodeableConcept that has one. */
export function word(source: unknown): string | null {
  if (typeof source === 'string') return text(source)
  return (
    present(elements(element(source)['coding']).map((coding) => text(coding['code'])))[0] ?? null
  )
}

/** The value of the first extension with this URL, in the choice named (`valueCodeableConcept`, …). */
export function extension(source: Element, url: string, choice: string): unknown {
  return elements(source['extension']).find((one) => one['url'] === url)?.[choice]
}

/** True where any part is neither null nor an empty list. */
export function saysSomething(parts: object): boolean {
  return Object.values(parts).some(
    (part) => part !== null && !(Array.isArray(part) && part.length === 0),
  )
}

/** The list without its nulls. */
export function present<T>(entries: readonly (T | null | undefined)[]): T[] {
  return entries.filter((entry): entry is T => entry !== null && entry !== undefined)
}
