import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

/** A client that speaks HTTP as badly as it likes. */
export interface RawClient {
  readonly socket: Socket
  /** All that came so far. */
  readonly received: () => string
  send(text: string): void
  /** Resolves when the server has ended the connection. */
  readonly ended: Promise<void>
}

/** Opens a connection; what comes is read unless the client is told to read nothing. */
export async function connectRaw(port: number, { reads = true } = {}): Promise<RawClient> {
  const socket = connect(port, '127.0.0.1')
  socket.setEncoding('utf8')
  let text = ''
  if (reads) {
    socket.on('data', (chunk: string) => {
      text += chunk
    })
  }
  // A server that cuts a connection resets it.
  socket.on('error', () => {})
  const ended = once(socket, 'close').then(() => {})
  await once(socket, 'connect')
  return { socket, received: () => text, send: (part) => void socket.write(part), ended }
}
