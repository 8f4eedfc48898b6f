import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** How a proxy treats what comes: as it is, swallowed, or cut off. */
export type Fault = 'none' | 'hang' | 'reset'

/** A TCP proxy before a real subgraph whose faults can be switched on and off. */
export interface FaultyProxy {
  /** The subgraph's URL as it is seen through the proxy. */
  readonly url: string
  setFault(fault: Fault): void
  close(): Promise<void>
}

/** Stands before the server at a URL. */
export async function startFaultyProxy(target: string): Promise<FaultyProxy> {
  const { hostname, port, pathname } = new URL(target)
  const sockets = new Set<Socket>()
  let fault: Fault = 'none'
  const server = createServer((client) => {
    const upstream = connect(Number(port), hostname)
    for (const socket of [client, upstream]) {
      sockets.add(socket)
      socket.on('error', () => {})
      socket.on('close', () => {
        sockets.delete(socket)
        client.destroy()
        upstream.destroy()
      })
    }
    if (fault === 'reset') client.destroy()
    client.on('data', (chunk) => {
      if (fault === 'none') upstream.write(chunk)
    })
    upstream.on('data', (chunk) => {
      if (fault === 'none') client.write(chunk)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address() as AddressInfo
  const cut = () => {
    for (const socket of sockets) socket.destroy()
  }
  return {
    url: `http://127.0.0.1:${address.port}${pathname}`,
    setFault(next) {
      fault = next
      if (next === 'reset') cut()
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        cut()
      }),
  }
}
