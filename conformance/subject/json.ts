/** An object of an answer, of which nothing is known yet. */
export type Json = Readonly<Record<string, unknown>>

/** A value as an object; null where it is none. */
export function toObject(value: unknown): Json | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Json)
    : null
}

/** The objects of a list; none where it is no list. */
export function toObjects(value: unknown): Json[] {
  return Array.isArray(value) ? value.map(toObject).filter((one) => one !== null) : []
}

/** A value as text; empty where it is none. */
export function toText(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
