import { JsonSplitter, type Piece } from './split-json.ts'

/** A piece and the line on which it stands: counted from 1, null where lines mean nothing. */
export interface LocatedPiece extends Piece {
  readonly line: number | null
}

/** Cuts its input into pieces. */
interface Splitter {
  push(chunk: Buffer): LocatedPiece[]
  end(): LocatedPiece[]
}

/** So much is looked at to tell NDJSON from JSON. */
const headBytes = 1024 * 1024
const byteOrderMark = Buffer.from([0xef, 0xbb, 0xbf])

/**
 * Cuts bytes into resources and Bundle entries, in portions as they come. What they are, JSON or
 * NDJSON, is told by looking at them; the name decides where they leave it open.
 */
export async function* pieceStream(
  name: string,
  chunks: AsyncIterable<Buffer>,
): AsyncGenerator<LocatedPiece[]> {
  const head: Buffer[] = []
  let bytes = 0
  let splitter: Splitter | null = null
  for await (const chunk of chunks) {
    if (splitter !== null) {
      yield splitter.push(chunk)
      continue
    }
    head.push(chunk)
    bytes += chunk.length
    if (bytes < headBytes) continue
    const start = withoutByteOrderMark(Buffer.concat(head))
    splitter = splitterFor(name, start)
    yield splitter.push(start)
  }
  if (splitter === null) {
    const start = withoutByteOrderMark(Buffer.concat(head))
    splitter = splitterFor(name, start)
    yield splitter.push(start)
  }
  yield splitter.end()
}

/** True when the input has one JSON value a line. `head` is its beginning, or all of it. */
function isLineDelimited(name: string, head: string): boolean {
  const isNamedSo = /\.(ndjson|jsonl)(\.gz)?$/i.test(name)
  const lines = head
    .split('\n', 100)
    .map((line) => line.trim())
    .filter((line) => line !== '')
  const [first = '', next] = lines
  if (next === undefined) return isNamedSo
  // A broken first line is followed by a whole one. Where one value goes over several lines, even
  // with a line for each entry of a Bundle, its first line says that something follows.
  return isWhole(first) || (!/[,[{:]$/.test(first) && next.startsWith('{') && isWhole(next))
}

function isWhole(line: string): boolean {
  try {
    JSON.parse(line)
    return true
  } catch {
    return false
  }
}

function splitterFor(name: string, head: Buffer): Splitter {
  const text = head.toString('utf8')
  if (isLineDelimited(name, text)) return new LineSplitter()
  const isEmpty = text.trim() === ''
  const splitter = new JsonSplitter()
  return {
    push: (chunk) => splitter.push(chunk).map((piece) => ({ ...piece, line: null })),
    end: () => {
      if (isEmpty && !/\.(ndjson|jsonl)(\.gz)?$/i.test(name)) {
        return [
          { text: '', root: 0, entry: null, bundleType: '', problem: 'TRUNCATED', line: null },
        ]
      }
      return splitter.end().map((piece) => ({ ...piece, line: null }))
    },
  }
}

function withoutByteOrderMark(head: Buffer): Buffer {
  return head.subarray(0, 3).equals(byteOrderMark) ? head.subarray(3) : head
}

/** One value a line: what is broken ends with its line. */
class LineSplitter implements Splitter {
  #line = 1
  #splitter = new JsonSplitter()
  #isBlank = true

  push(chunk: Buffer): LocatedPiece[] {
    const pieces: LocatedPiece[] = []
    let from = 0
    for (;;) {
      const newline = chunk.indexOf(0x0a, from)
      const to = newline < 0 ? chunk.length : newline
      if (to > from) {
        this.#isBlank = false
        this.#locate(this.#splitter.push(chunk.subarray(from, to)), pieces)
      }
      if (newline < 0) return pieces
      this.#endLine(pieces)
      from = newline + 1
    }
  }

  end(): LocatedPiece[] {
    const pieces: LocatedPiece[] = []
    this.#endLine(pieces)
    return pieces
  }

  #endLine(into: LocatedPiece[]): void {
    if (!this.#isBlank) {
      this.#locate(this.#splitter.end(), into)
      this.#splitter = new JsonSplitter()
      this.#isBlank = true
    }
    this.#line++
  }

  #locate(pieces: readonly Piece[], into: LocatedPiece[]): void {
    for (const piece of pieces) into.push({ ...piece, line: this.#line })
  }
}
