import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** An HTTP proxy before a real subgraph that keeps what it was asked. */
export interface RecordingProxy {
  /** The subgraph's URL as it is seen through the proxy. */
  readonly url: string
  /** The text of every operation since the last look. */
  takeQueries(): string[]
  close(): Promise<void>
}

/** Stands before the server at a URL. */
export async function startRecordingProxy(target: string): Promise<RecordingProxy> {
  let queries: string[] = []
  const server = createServer((request, response) => {
    void (async () => {
      const chunks: Buffer[] = []
      for await (const chunk of request) chunks.push(chunk as Buffer)
      const body = Buffer.concat(chunks)
      queries.push((JSON.parse(body.toString('utf8')) as { query: string }).query)
      const { authorization = '', 'x-request-id': requestId } = request.headers
      const answer = await fetch(target, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          authorization,
          ...(typeof requestId === 'string' && { 'x-request-id': requestId }),
        },
        body,
      })
      response.writeHead(answer.status, { 'content-type': 'application/json' })
      response.end(Buffer.from(await answer.arrayBuffer()))
    })().catch(() => response.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}${new URL(target).pathname}`,
    takeQueries() {
      const taken = queries
      queries = []
      return taken
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
