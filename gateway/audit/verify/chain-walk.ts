import type { JWTVerifyGetKey } from 'jose'
import * as z from 'zod'
import { GENESIS, hashOf } from '../chain.ts'
import type { EntryBody, Head } from '../entries.ts'
import { verifyHead } from '../head.ts'
import type { Breaks } from './breaks.ts'
import { findFalseColumn } from './columns.ts'
import type { StoredEntry } from './read-entries.ts'

/**
 * Follows one chain from its beginning and tells of every place where it is broken. Times may go back:
 * clocks do, and each time is covered by its entry's hash.
 */
export class ChainWalk {
  readonly writer: string
  readonly #keys: JWTVerifyGetKey
  readonly #breaks: Breaks
  /** Heads that are signed outside the chain, by their sequence numbers. */
  readonly #anchored: ReadonlyMap<number, string>
  /** What openings name, until a signature covers it. */
  #unsignedHeads: Head[] = []
  #sequence = 0
  #hash: Buffer = GENESIS
  #place: StoredEntry['place'] = { xid: -1n, position: -1n }
  #isEnded = false
  #signedTo = 0
  #isSignedAsEnded = false
  #entries = 0
  #checkpoints = 0

  /** @param anchored heads of this chain that its anchor holds */
  constructor(
    writer: string,
    parts: {
      readonly keys: JWTVerifyGetKey
      readonly breaks: Breaks
      readonly anchored: readonly Head[]
    },
  ) {
    this.writer = writer
    this.#keys = parts.keys
    this.#breaks = parts.breaks
    this.#anchored = new Map(parts.anchored.map(({ sequence, hash }) => [sequence, hash]))
  }

  /** The number of the last entry; 0 before the first. */
  get last(): number {
    return this.#sequence
  }

  /** Up to which entry a signature covers the chain. */
  get signedTo(): number {
    return this.#signedTo
  }

  /** Whether a signature says that nothing follows: then the end is known without an anchor. */
  get isSignedAsEnded(): boolean {
    return this.#isSignedAsEnded
  }

  get counts(): { readonly entries: number; readonly checkpoints: number } {
    return { entries: this.#entries, checkpoints: this.#checkpoints }
  }

  /**
   * Takes the next entry as it is found.
   *
   * @returns heads of other chains that are now known to be named by this one
   */
  async next(entry: StoredEntry): Promise<readonly Head[]> {
    this.#entries += 1
    if (entry.sequence <= this.#sequence) {
      this.#tell(entry, 'stands there more than once')
      return []
    }
    this.#checkNumber(entry)
    const body = this.#checkContent(entry)
    this.#checkPlace(entry)
    const isSigned = (await this.#checkSignature(entry, body)) || this.#checkAnchored(entry)
    this.#sequence = entry.sequence
    this.#hash = entry.hash
    if (body?.kind === 'OPENED') this.#unsignedHeads.push(...namedHeads(body))
    return isSigned ? this.#unsignedHeads.splice(0) : []
  }

  #checkNumber(entry: StoredEntry): void {
    const expected = this.#sequence + 1
    if (entry.sequence > expected) {
      this.#tell(entry, missing(expected, entry.sequence - 1), expected)
      // What follows is told of for itself.
      this.#hash = entry.previousHash
    } else if (!entry.previousHash.equals(this.#hash)) {
      this.#tell(entry, expected === 1 ? 'begins no chain' : 'does not follow the entry before it')
    }
  }

  /** The body, when it is what was hashed. */
  #checkContent(entry: StoredEntry): EntryBody | null {
    const isDated = entry.recordedAt instanceof Date && !Number.isNaN(entry.recordedAt.getTime())
    if (!isDated || !hashOf(entry).equals(entry.hash)) {
      this.#tell(entry, 'was changed: its hash is not that of what it holds')
      return null
    }
    const body = readBody(entry)
    if (!body) {
      this.#tell(entry, 'holds no entry')
      return null
    }
    const column = findFalseColumn(entry.columns, body)
    if (column) this.#tell(entry, `was changed: column ${column} does not say what its body says`)
    if (entry.sequence === 1 && body.kind !== 'OPENED') this.#tell(entry, 'begins no chain')
    if (this.#isEnded) this.#tell(entry, 'stands after the end of its chain')
    return body
  }

  /** A later entry is read later: an earlier place would hide it from who reads by cursor. */
  #checkPlace(entry: StoredEntry): void {
    const { xid, position } = entry.place
    if (xid < this.#place.xid || position <= this.#place.position) {
      this.#tell(entry, 'was changed: it is out of its place in the reading order')
    }
    this.#place = entry.place
  }

  /** Whether it is a signature over all before it. */
  async #checkSignature(entry: StoredEntry, body: EntryBody | null): Promise<boolean> {
    if (body?.kind !== 'CHECKPOINT') return false
    this.#checkpoints += 1
    this.#isEnded ||= body.isLast === true
    const head = await verifyHead(String(body.signature), this.#keys)
    if (!head) {
      this.#tell(entry, "holds a signature that is not the gateway's")
      return false
    }
    const { writer, sequence, hash } = head
    const isBefore = writer === this.writer && sequence === entry.sequence - 1
    const isWhole = hash === this.#hash.toString('hex') && head.isLast === body.isLast
    if (!isBefore || !isWhole) {
      this.#tell(entry, `holds a signature for something else: ${this.#forged(entry.sequence)}`)
      return false
    }
    this.#signedTo = entry.sequence - 1
    this.#isSignedAsEnded = head.isLast === true
    return true
  }

  #checkAnchored(entry: StoredEntry): boolean {
    const hash = this.#anchored.get(entry.sequence)
    if (hash === undefined) return false
    if (hash !== entry.hash.toString('hex')) {
      this.#tell(entry, `is not what the anchor names: ${this.#forged(entry.sequence)}`)
      return false
    }
    this.#signedTo = entry.sequence
    return true
  }

  #forged(last: number): string {
    return `entries ${this.#signedTo + 1} to ${last} are not all as they were written`
  }

  #tell({ recordedAt, sequence }: StoredEntry, problem: string, at = sequence): void {
    const time = recordedAt instanceof Date ? recordedAt.getTime() : Number.NaN
    this.#breaks.add({
      writer: this.writer,
      sequence: at,
      recordedAt: Number.isNaN(time) ? null : new Date(time).toISOString(),
      problem,
    })
  }
}

function readBody({ body }: StoredEntry): EntryBody | null {
  const value = JSON.parse(body) as EntryBody | string | number | boolean | null
  return typeof value === 'object' ? value : null
}

/** Says which entries are not there. */
export function missing(first: number, last: number): string {
  return first >= last ? 'is missing' : `is missing, and so are all up to ${last}`
}

const openedSchema = z.object({
  heads: z.array(
    z.object({ writer: z.string(), sequence: z.number().int().positive(), hash: z.string() }),
  ),
})

function namedHeads(body: EntryBody): readonly Head[] {
  const opened = openedSchema.safeParse(body)
  return opened.success ? opened.data.heads : []
}
