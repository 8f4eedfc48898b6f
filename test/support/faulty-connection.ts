import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** How a connection treats what comes: as it is, swallowed, or cut off. */
export type ConnectionFault = 'none' | 'hang' | 'reset'

/** A TCP proxy before a real server, such as a database, whose faults can be switched on and off. */
export interface FaultyConnection {
  /** The server's URL as it is seen through the proxy. */
  readonly url: string
  setFault(fault: ConnectionFault): void
  close(): Promise<void>
}

/** Stands before the server at a URL. */
export async function startFaultyConnection(target: string): Promise<FaultyConnection> {
  const { hostname, port } = new URL(target)
  const sockets = new Set<Socket>()
  let fault: ConnectionFault = 'none'
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
    url: Object.assign(new URL(target), { host: `127.0.0.1:${address.port}` }).href,
    setFault(next) {
      fault = next
      // What was swallowed would never be answered.
      if (next !== 'hang') cut()
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        cut()
      }),
  }
}
