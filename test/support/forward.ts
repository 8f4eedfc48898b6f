import type { IncomingMessage } from 'node:http'

/** What a subgraph answered to a request that a proxy passed on. */
export interface Forwarded {
  readonly status: number
  readonly body: Buffer
  /** What was sent. */
  readonly sent: Buffer
}

/** What a subgraph reads of a request's headers. */
const KEPT = ['content-type', 'authorization', 'x-request-id', 'x-deadline-ms']

/** Passes a request on to the subgraph at a URL. */
export async function forward(
  target: string,
  request: IncomingMessage,
  signal?: AbortSignal,
): Promise<Forwarded> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const sent = Buffer.concat(chunks)
  const headers = KEPT.flatMap((name) => {
    const value = request.headers[name]
    return value === undefined ? [] : [[name, String(value)] as [string, string]]
  })
  const answer = await fetch(target, {
    method: 'POST',
    headers,
    body: sent,
    ...(signal && { signal }),
  })
  return { status: answer.status, body: Buffer.from(await answer.arrayBuffer()), sent }
}
