import { fromCursor } from '../../subgraphs/kit/position.ts'
import type { Place } from './order.ts'

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/

/**
 * The place of an entry, from its source's cursor; null when it names none. There is one for every
 * entry of every answer, so the usual form is read without making a date of its time.
 */
export function readPlace(cursor: unknown): Place | null {
  if (typeof cursor !== 'string') return null
  const parts = parsed(cursor)
  if (Array.isArray(parts) && parts.length === 3) {
    const [time, key, id] = parts as unknown[]
    const isUsual = time === null || (typeof time === 'string' && INSTANT.test(time))
    if (isUsual && typeof key === 'string' && typeof id === 'string') return { time, key, id }
  }
  const position = fromCursor(cursor)
  return position?.id === undefined ? null : { ...position, id: position.id }
}

function parsed(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString())
  } catch {
    return null
  }
}
