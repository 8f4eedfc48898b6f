import { createHash } from 'node:crypto'

/** An entry as it stands in the trail. */
export interface Entry {
  /** The process that wrote it: each has a chain of its own. */
  readonly writer: string
  /** From 1, without gaps. */
  readonly sequence: number
  readonly recordedAt: Date
  /** JSON, to the letter. */
  readonly body: string
  readonly previousHash: Buffer
  readonly hash: Buffer
}

/** What the first entry of every chain follows. */
export const GENESIS = Buffer.alloc(32)

/**
 * The hash of an entry: SHA-256 over the hash before it, the writer, the sequence number, the time in
 * ISO 8601 and the body, each but the last followed by a line feed.
 */
export function hashOf(entry: Omit<Entry, 'hash'>): Buffer {
  return createHash('sha256')
    .update(entry.previousHash)
    .update(`\n${entry.writer}\n${entry.sequence}\n${entry.recordedAt.toISOString()}\n`)
    .update(entry.body)
    .digest()
}
