import { isUtf8 } from 'node:buffer'

/** Input that cannot be read a second time is not UTF-8: nothing of it is taken in. */
export class NotUtf8Error extends Error {
  /** @param place of the first byte that is not */
  constructor(place: string) {
    super(
      `the input is not UTF-8 (${place}). Nothing was loaded. Send it as UTF-8, with or without a byte order mark`,
    )
  }
}

/** Hands bytes on as long as they are UTF-8. @throws {NotUtf8Error} */
export async function* checkedUtf8(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const check = new Utf8Check()
  for await (const chunk of chunks) {
    failAt(check.push(chunk))
    yield chunk
  }
  failAt(check.end())
}

/** Where input is not UTF-8, as a refusal names it; null where all of it is. */
export async function findNotUtf8(chunks: AsyncIterable<Buffer>): Promise<string | null> {
  const check = new Utf8Check()
  for await (const chunk of chunks) {
    const place = check.push(chunk)
    if (place !== null) return place
  }
  return check.end()
}

function failAt(place: string | null): void {
  if (place !== null) throw new NotUtf8Error(place)
}

const NEWLINE = 0x0a

/** Looks at input as it comes. No JSON holds a NUL: where one stands it is UTF-16 or UTF-32. */
class Utf8Check {
  #offset = 0
  #line = 1
  #tail: Buffer = Buffer.alloc(0)

  push(chunk: Buffer): string | null {
    const bytes = this.#tail.length === 0 ? chunk : Buffer.concat([this.#tail, chunk])
    const end = bytes.length - unfinishedAtEnd(bytes)
    const whole = bytes.subarray(0, end)
    const isGood = isUtf8(whole) && !whole.includes(0)
    const good = isGood ? whole : whole.subarray(0, firstBad(whole))
    for (let at = good.indexOf(NEWLINE); at >= 0; at = good.indexOf(NEWLINE, at + 1)) this.#line++
    this.#offset += good.length
    // Copied, because the stream may use its buffer again.
    this.#tail = Buffer.from(bytes.subarray(end))
    return isGood ? null : this.#place()
  }

  end(): string | null {
    return this.#tail.length === 0 ? null : this.#place()
  }

  #place(): string {
    return `line ${this.#line}, byte ${this.#offset}`
  }
}

function firstBad(bytes: Buffer): number {
  let at = 0
  while (at < bytes.length && bytes[at] !== 0) {
    const length = lengthOf(bytes[at] ?? 0)
    if (!isUtf8(bytes.subarray(at, at + length))) break
    at += length
  }
  return at
}

/** How many bytes at the end begin a character and do not end it. */
function unfinishedAtEnd(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0
    if ((byte & 0xc0) !== 0x80) return lengthOf(byte) > back ? back : 0
  }
  return 0
}

/** The length of a character by its first byte. */
function lengthOf(first: number): number {
  if (first < 0xc0) return 1
  return first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2
}
