import * as z from 'zod'

/** A place in the order of events, behind one of them. */
export interface EventPosition {
  readonly recordedAt: Date
  readonly writer: string
  readonly sequence: number
}

const cursorSchema = z.tuple([
  z.iso.datetime({ precision: 3 }),
  z.string().regex(/^[\w.-]{1,100}$/),
  z.number().int().min(1),
])

/** Writes a position as the opaque cursor that clients hand back: base64url JSON. */
export function toEventCursor({ recordedAt, writer, sequence }: EventPosition): string {
  const parts = [recordedAt.toISOString(), writer, sequence]
  return Buffer.from(JSON.stringify(parts)).toString('base64url')
}

/** Reads a cursor; null when it is none of ours. */
export function fromEventCursor(cursor: string): EventPosition | null {
  try {
    const text = Buffer.from(cursor, 'base64url').toString('utf8')
    const [recordedAt, writer, sequence] = cursorSchema.parse(JSON.parse(text))
    return { recordedAt: new Date(recordedAt), writer, sequence }
  } catch {
    // Not JSON, or JSON of another shape: somebody else's.
    return null
  }
}
