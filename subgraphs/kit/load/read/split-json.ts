/** A stretch of the input that ought to be one JSON value: a resource, or one entry of a Bundle. */
export interface Piece {
  readonly text: string
  /** Counts the outermost values, from 0: the entries of one Bundle share it. */
  readonly root: number
  /** Place in the Bundle's `entry`, from 0; null for a value that stands alone. */
  readonly entry: number | null
  /** The Bundle's `type`, where it stands before its entries; else empty. */
  readonly bundleType: string
  readonly problem: 'TRUNCATED' | 'BROKEN_JSON' | 'TOO_LARGE' | null
}

/** BETWEEN outermost values; in the ROOT, held whole; in a Bundle's OUTER part; GAP before an element. */
type State = 'BETWEEN' | 'ROOT' | 'OUTER' | 'GAP' | 'ELEMENT' | 'LOST'

const QUOTE = 0x22
const BACKSLASH = 0x5c
const COMMA = 0x2c
const COLON = 0x3a
const [OPEN_OBJECT, CLOSE_OBJECT, OPEN_ARRAY, CLOSE_ARRAY] = [0x7b, 0x7d, 0x5b, 0x5d]
/** A List has `entry` too: these keys tell its entries from a Bundle's when `resourceType` comes late. */
const LIST_ENTRY_KEYS = new Set(['item', 'flag', 'deleted', 'date'])
const ANY_ENTRY_KEYS = new Set(['id', 'extension', 'modifierExtension'])

/**
 * Cuts a stream of JSON into resources and Bundle entries, whatever its size: a Bundle is never held
 * whole, only the entry at hand. It looks at structure alone; whether a piece is JSON is for its
 * reader to say.
 */
export class JsonSplitter {
  readonly #maxPieceBytes: number
  #state: State = 'BETWEEN'
  #pieces: Piece[] = []
  #root = 0
  #entry = 0
  #depth = 0
  #elementDepth = 0
  #isInString = false
  #isEscaped = false
  #token: number[] | null = null
  #key = ''
  #isAfterColon = false
  #resourceType = ''
  #bundleType = ''
  /** Looking at an `entry` of a value whose type is not known yet. */
  #isProbing = false
  #probedFrom = -1
  /** Positions count from the start of the input. */
  #chunkFrom = 0
  #chunk: Buffer = Buffer.alloc(0)
  #from = -1
  #heldFrom = 0
  #held: Buffer[] = []
  #isTooLarge = false

  /** @param maxPieceBytes what is longer is reported, not held */
  constructor(maxPieceBytes = 16 * 1024 * 1024) {
    this.#maxPieceBytes = maxPieceBytes
  }

  /** Takes the next bytes and hands back the pieces that they complete. */
  push(chunk: Buffer): Piece[] {
    this.#chunk = chunk
    const length = chunk.length
    for (let at = 0; at < length && this.#state !== 'LOST'; at++) {
      const byte = chunk[at] as number
      if (this.#isInString) at = this.#skipString(at)
      else if (byte > 0x20) this.#take(byte, this.#chunkFrom + at)
    }
    this.#holdRest()
    this.#chunkFrom += length
    return this.#handOver()
  }

  /** Says that the input is over; what was begun and not ended is reported. */
  end(): Piece[] {
    this.#chunk = Buffer.alloc(0)
    if (this.#state !== 'BETWEEN' && this.#state !== 'LOST') this.#report('TRUNCATED')
    return this.#handOver()
  }

  #take(byte: number, at: number): void {
    if (byte === QUOTE) this.#openString(at)
    else if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) this.#open(byte, at)
    else if (byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) this.#close(byte, at)
    else if (byte === COLON) this.#colon()
    else if (byte === COMMA) this.#comma(at)
    else if (this.#state === 'GAP') this.#begin('ELEMENT', at)
    else if (this.#state === 'BETWEEN') this.#lose()
  }

  #openString(at: number): void {
    if (this.#state === 'BETWEEN') {
      this.#lose()
      return
    }
    if (this.#state === 'GAP') this.#begin('ELEMENT', at)
    this.#isInString = true
    const isWatched = this.#depth === 1 || (this.#isProbing && this.#depth === 3)
    this.#token = isWatched && this.#state !== 'ELEMENT' ? [] : null
  }

  /** Returns the last position of the string in this chunk. */
  #skipString(from: number): number {
    const chunk = this.#chunk
    for (let at = from; at < chunk.length; at++) {
      const byte = chunk[at] as number
      if (this.#isEscaped) this.#isEscaped = false
      else if (byte === BACKSLASH) this.#isEscaped = true
      else if (byte === QUOTE) {
        this.#isInString = false
        this.#endString()
        return at
      }
      if (this.#token !== null && this.#token.length < 64) this.#token.push(byte)
    }
    return chunk.length
  }

  #endString(): void {
    if (this.#token === null) return
    const token = String.fromCharCode(...this.#token)
    if (!this.#isAfterColon || this.#depth !== 1) this.#key = token
    else if (this.#key === 'resourceType') this.#resourceType = token
    else if (this.#key === 'type') this.#bundleType = token
    this.#token = null
  }

  #colon(): void {
    if (this.#depth === 1) this.#isAfterColon = true
    if (!this.#isProbing || this.#depth !== 3 || ANY_ENTRY_KEYS.has(this.#key)) return
    this.#isProbing = false
    if (LIST_ENTRY_KEYS.has(this.#key)) return
    this.#state = 'ELEMENT'
    this.#elementDepth = 2
    this.#from = this.#probedFrom
  }

  #comma(at: number): void {
    if (this.#depth === 1) this.#isAfterColon = false
    if (this.#state === 'BETWEEN') this.#lose()
    else if (this.#state === 'ELEMENT' && this.#depth === this.#elementDepth) this.#complete(at)
  }

  #open(byte: number, at: number): void {
    if (this.#state === 'BETWEEN') {
      this.#openRoot(byte, at)
      return
    }
    if (this.#state === 'OUTER' && this.#depth === 1 && !this.#isAfterColon) {
      this.#lose()
      return
    }
    if (this.#state === 'GAP') this.#begin('ELEMENT', at)
    this.#depth++
    if (this.#state === 'ELEMENT') return
    if (this.#depth === 2 && byte === OPEN_ARRAY && this.#key === 'entry') this.#openEntries()
    else if (this.#isProbing && this.#depth === 3) this.#probedFrom = at
  }

  #openRoot(byte: number, at: number): void {
    this.#depth = 1
    this.#entry = 0
    this.#key = ''
    this.#resourceType = ''
    this.#bundleType = ''
    this.#isAfterColon = false
    this.#isProbing = false
    if (byte === OPEN_OBJECT) {
      this.#begin('ROOT', at)
      return
    }
    this.#state = 'GAP'
    this.#elementDepth = 1
  }

  #openEntries(): void {
    if (this.#resourceType === 'Bundle' || this.#state === 'OUTER') {
      this.#release()
      this.#state = 'GAP'
      this.#elementDepth = 2
    } else this.#isProbing = this.#resourceType === ''
  }

  #close(byte: number, at: number): void {
    if (this.#state === 'BETWEEN') {
      this.#lose()
      return
    }
    if (this.#state === 'ELEMENT' && this.#depth > this.#elementDepth) {
      if (--this.#depth === this.#elementDepth) this.#complete(at + 1)
      return
    }
    if (this.#state === 'ELEMENT') this.#complete(at)
    if (this.#state === 'GAP') {
      if (byte === CLOSE_OBJECT) {
        this.#lose()
        return
      }
      this.#state = 'OUTER'
    }
    if (--this.#depth === 0) this.#closeRoot(at)
  }

  #closeRoot(at: number): void {
    if (this.#state === 'ROOT') this.#complete(at + 1)
    this.#state = 'BETWEEN'
    this.#root++
  }

  #begin(state: 'ROOT' | 'ELEMENT', at: number): void {
    this.#state = state
    this.#from = at
    this.#heldFrom = at
  }

  #complete(end: number): void {
    const isElement = this.#state === 'ELEMENT'
    const inChunk = this.#chunk.subarray(
      Math.max(0, this.#heldFrom - this.#chunkFrom),
      Math.max(0, end - this.#chunkFrom),
    )
    const bytes = this.#held.length > 0 ? Buffer.concat([...this.#held, inChunk]) : inChunk
    this.#pieces.push({
      text: this.#isTooLarge ? '' : bytes.toString('utf8', this.#from - this.#heldFrom),
      root: this.#root,
      entry: isElement ? this.#entry++ : null,
      bundleType: isElement ? this.#bundleType : '',
      problem: this.#isTooLarge ? 'TOO_LARGE' : null,
    })
    this.#release()
    if (isElement) this.#state = 'GAP'
  }

  #holdRest(): void {
    if (this.#from < 0 || this.#isTooLarge) return
    // Copied, because the stream may use its buffer again.
    this.#held.push(
      Buffer.from(this.#chunk.subarray(Math.max(0, this.#heldFrom - this.#chunkFrom))),
    )
    const heldBytes = this.#chunkFrom + this.#chunk.length - this.#heldFrom
    if (heldBytes <= this.#maxPieceBytes) return
    this.#isTooLarge = true
    this.#held = []
  }

  #release(): void {
    this.#from = -1
    this.#held = []
    this.#isTooLarge = false
  }

  #lose(): void {
    this.#report('BROKEN_JSON')
    this.#state = 'LOST'
  }

  #report(problem: 'TRUNCATED' | 'BROKEN_JSON'): void {
    const isBundle = this.#state !== 'ROOT' && this.#state !== 'BETWEEN'
    this.#pieces.push({
      text: '',
      root: this.#root,
      entry: isBundle ? this.#entry : null,
      bundleType: isBundle ? this.#bundleType : '',
      problem,
    })
    this.#release()
  }

  #handOver(): Piece[] {
    const pieces = this.#pieces
    this.#pieces = []
    return pieces
  }
}
