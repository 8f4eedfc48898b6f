import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { forward } from './forward.ts'

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
      const { status, body, sent } = await forward(target, request)
      queries.push((JSON.parse(sent.toString('utf8')) as { query: string }).query)
      response.writeHead(status, { 'content-type': 'application/json' }).end(body)
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
