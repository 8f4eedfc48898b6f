const utf8 = new TextDecoder('utf-8', { fatal: true })

/**
 * A body as text, up to so many bytes; beyond them its connection is closed.
 *
 * @throws RangeError beyond the bound, TypeError when it is not UTF-8
 */
export async function readAtMost(body: AsyncIterable<Buffer>, maxBytes: number): Promise<string> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of body) {
    bytes += chunk.length
    if (bytes > maxBytes) throw new RangeError(`More than ${maxBytes} bytes`)
    chunks.push(chunk)
  }
  return utf8.decode(Buffer.concat(chunks, bytes))
}
