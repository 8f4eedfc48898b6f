import { subscribe } from 'node:diagnostics_channel'
import type { Socket } from 'node:net'
import { TLSSocket } from 'node:tls'
import { buildConnector } from 'undici'

/** How far a connection had come when its last request went out. */
interface LastRequest {
  readonly place: number
  readonly bytesRead: number
}

const lastRequests = new WeakMap<Socket, LastRequest>()
const untouched = new WeakSet<Error>()

// undici says so right before a request's first byte: https://undici.nodejs.org/#/docs/api/DiagnosticsChannel
subscribe('undici:client:sendHeaders', (message) => {
  const { socket } = message as { readonly socket: Socket }
  const place = (lastRequests.get(socket)?.place ?? 0) + 1
  lastRequests.set(socket, { place, bytesRead: socket.bytesRead })
})

/** Makes connections whose loss can be asked about. */
export function watchedConnector(options: buildConnector.BuildOptions): buildConnector.connector {
  const connect = buildConnector(options)
  return (target, callback) =>
    connect(target, (...result) => {
      const [, socket] = result
      socket?.on('error', (error: Error) => {
        if (isUntouched(socket)) untouched.add(error)
      })
      callback(...result)
    })
}

/**
 * True where a connection that had served a request before was lost before a byte of this one's answer: the other
 * side closed what it took to be idle, and has most likely not seen the request.
 */
export function wasLostIdle(error: unknown): boolean {
  return error instanceof Error && untouched.has(error)
}

function isUntouched(socket: Socket): boolean {
  const last = lastRequests.get(socket)
  if (last === undefined || last.place < 2) return false
  // The word that a TLS connection ends is itself some bytes: there the missing answer has to do.
  return socket instanceof TLSSocket || socket.bytesRead === last.bytesRead
}
