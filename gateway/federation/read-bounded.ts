import type { Readable } from 'node:stream'

/** A body that is not read to its end. */
class RefusedBodyError extends Error {
  readonly code: 'ANSWER_TOO_LARGE' | 'ENCODING_NOT_ASKED_FOR'

  constructor(code: RefusedBodyError['code']) {
    super(code)
    this.code = code
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true })

/**
 * Reads a body as UTF-8, up to so many bytes, counted while they come. What is refused is not read
 * on: its connection is closed.
 *
 * @throws RefusedBodyError beyond the bound, or when the body is compressed, which nobody asked for:
 *   its bytes would say nothing of what it unfolds to. TypeError when it is not UTF-8
 */
export async function readBounded(
  { headers, body }: { readonly headers: Headers; readonly body: Readable },
  maxBytes: number,
): Promise<string> {
  const { 'content-encoding': encoding = 'identity', 'content-length': announced } = headers
  if (encoding !== 'identity') throw refused(body, 'ENCODING_NOT_ASKED_FOR')
  if (Number(announced) > maxBytes) throw refused(body, 'ANSWER_TOO_LARGE')
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of body as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > maxBytes) throw refused(body, 'ANSWER_TOO_LARGE')
    chunks.push(chunk)
  }
  return utf8.decode(Buffer.concat(chunks, size))
}

type Headers = Readonly<Record<string, string | string[] | undefined>>

function refused(body: Readable, code: RefusedBodyError['code']): RefusedBodyError {
  // Nobody listens any more to what becomes of it.
  body.on('error', () => {})
  body.destroy()
  return new RefusedBodyError(code)
}
