import type { Readable } from 'node:stream'

/** More bytes came than a source may send. */
class AnswerTooLargeError extends Error {
  readonly code = 'ANSWER_TOO_LARGE'
}

const utf8 = new TextDecoder('utf-8', { fatal: true })

/**
 * Reads a body as UTF-8, up to so many bytes.
 *
 * @throws AnswerTooLargeError beyond the bound, TypeError when it is not UTF-8
 */
export async function readBounded(body: Readable, maxBytes: number): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of body as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > maxBytes) throw new AnswerTooLargeError('The answer is larger than allowed')
    chunks.push(chunk)
  }
  return utf8.decode(Buffer.concat(chunks, size))
}
