import { type Entry, hashOf } from '../chain.ts'
import type { Head } from '../entries.ts'

/** Where a chain stands, as its writer knows it. */
export interface ChainEnd {
  readonly sequence: number
  readonly hash: Buffer
}

/** The entries that follow the end of a chain, in order. */
export function chainOn(
  end: ChainEnd,
  next: {
    readonly writer: string
    readonly recordedAt: Date
    readonly bodies: readonly string[]
  },
): Entry[] {
  const { writer, recordedAt, bodies } = next
  let { sequence, hash: previousHash } = end
  return bodies.map((body) => {
    sequence += 1
    const entry = { writer, sequence, recordedAt, body, previousHash }
    const hash = hashOf(entry)
    previousHash = hash
    return { ...entry, hash }
  })
}

/** The end of a chain as it is signed. */
export function toHead(writer: string, { sequence, hash }: ChainEnd): Head {
  return { writer, sequence, hash: hash.toString('hex') }
}
