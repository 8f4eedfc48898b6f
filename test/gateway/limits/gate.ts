import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { forward } from '../../support/forward.ts'

/** A gate before a real subgraph: while it is shut, requests wait behind it. */
export interface Gate {
  /** The subgraph's URL as it is seen through the gate. */
  readonly url: string
  /** Requests that wait at this moment. */
  readonly waiting: number
  shut(): void
  open(): void
  close(): Promise<void>
}

/** Stands before the subgraph at a URL, open. */
export async function startGate(target: string): Promise<Gate> {
  const waiting = new Set<() => void>()
  let isShut = false
  const server = createServer(async (request, response) => {
    if (isShut) {
      await new Promise<void>((resolve) => {
        waiting.add(resolve)
        response.once('close', () => waiting.delete(resolve))
      })
    }
    try {
      const { status, body } = await forward(target, request)
      response.writeHead(status, { 'content-type': 'application/json' }).end(body)
    } catch {
      response.destroy()
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}${new URL(target).pathname}`,
    get waiting() {
      return waiting.size
    },
    shut() {
      isShut = true
    },
    open() {
      isShut = false
      for (const resolve of waiting) resolve()
      waiting.clear()
    },
    async close() {
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeAllConnections()
      await closed
    },
  }
}
