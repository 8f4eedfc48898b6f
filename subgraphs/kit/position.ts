import { hash } from 'node:crypto'

/**
 * A place in a section's order: newest first, then by key, then by id. Strings compare by code unit;
 * keys and ids are ASCII, so PostgreSQL's "C" collation orders them alike.
 *
 * A cursor is a position in base64url JSON. `[time, key, id]` stands behind one entry,
 * `[time, key]` behind every entry of that moment and key. `time` is ISO 8601 in UTC with
 * milliseconds, or null for entries without a time, which come last.
 */
export interface Position {
  readonly time: string | null
  readonly key: string
  /** Left out: behind all entries of this moment and key. Empty: before all of them. */
  readonly id?: string
}

/** Writes a position as the opaque cursor that clients hand back. */
export function toCursor(position: Position): string {
  const parts = [position.time, position.key, ...(position.id === undefined ? [] : [position.id])]
  return Buffer.from(JSON.stringify(parts)).toString('base64url')
}

/** Reads a cursor; null when it is none of ours. */
export function fromCursor(cursor: string): Position | null {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
    if (!Array.isArray(parts) || parts.length < 2 || parts.length > 3) return null
    const [time, key, id] = parts as unknown[]
    if (time !== null && (typeof time !== 'string' || !isInstant(time))) return null
    if (typeof key !== 'string') return null
    if (id === undefined) return { time, key }
    return typeof id === 'string' ? { time, key, id } : null
  } catch {
    return null
  }
}

/** An identifier that means the same thing in every source that records it. */
export interface BusinessIdentifier {
  readonly resourceType: string
  readonly system: string
  readonly value: string
}

/** Stands in a key between the identifier and what two recordings of it have to agree in. */
const AGREEMENT_MARK = '.'

/**
 * The key of an entry. Entries with the same business identifier that agree in what matters have the same
 * key in every source, which puts them next to each other in every order and lets the gateway join them on
 * whatever page they fall; those with the same identifier alone begin alike. A digest, because an identifier
 * could name a patient.
 *
 * @param identifier the official or else first identifier that has a system and a value, with the FHIR
 *   type of what it identifies: a report and its result may carry one accession number
 * @param id the entry's own id, for one without such an identifier
 * @param agreement what two recordings have to agree in to be one entry; null where that is not told: then
 *   nothing is joined with it
 */
export function sortKeyOf(
  identifier: BusinessIdentifier | null,
  id: string,
  agreement: readonly (string | null)[] | null = null,
): string {
  if (identifier === null) return `e${digest(`e|${id}`)}`
  const source = `i|${identifier.resourceType}|${identifier.system}|${identifier.value}`
  const key = `i${digest(source)}`
  if (agreement === null) return key
  return `${key}${AGREEMENT_MARK}${digest(`${source}|${JSON.stringify(agreement)}`).slice(0, 11)}`
}

/** True for a key by which entries may be joined: it tells what they agree in. */
export function isJoinableKey(key: string): boolean {
  return isSharedKey(key) && key.includes(AGREEMENT_MARK)
}

/** What all entries with one business identifier have in common of their keys. */
export function identifierKeyOf(key: string): string {
  const end = key.indexOf(AGREEMENT_MARK)
  return end < 0 ? key : key.slice(0, end)
}

function digest(source: string): string {
  return hash('sha256', source, 'base64url').slice(0, 22)
}

/** True for the key of an entry that has a business identifier. */
export function isSharedKey(key: string): boolean {
  return key.startsWith('i')
}

function isInstant(time: string): boolean {
  const date = new Date(time)
  return !Number.isNaN(date.getTime()) && date.toISOString() === time
}
