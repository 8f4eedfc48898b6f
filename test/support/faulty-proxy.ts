import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { type Forwarded, forward } from './forward.ts'

/** What a proxy does with what passes through it. */
export type Fault =
  | 'none'
  /** Nothing is ever answered. */
  | 'hang'
  /** Connections are cut as soon as they bring something. */
  | 'reset'
  /** A connection that served a request before is cut when it brings another, as one that was given up as idle. */
  | 'idle'
  /** Nobody listens. */
  | 'refuse'
  /** Half of the answer comes, then the connection is cut. */
  | 'half'
  /** Random bytes come instead of an answer. */
  | 'garbage'
  /** Every other request is cut off. */
  | 'flap'
  /** The answer comes byte by byte, and never to its end. */
  | 'trickle'
  | { readonly delayMs: number }
  /** Something before the source answers for it, with an HTTP status and a page of its own. */
  | { readonly status: number; readonly page: string }
  /** Another answer than the source's, in bytes or as text; for every operation about a patient. */
  | { readonly answer: (answer: string) => string | Buffer }

/** An HTTP proxy before a real subgraph whose faults can be switched on and off. */
export interface FaultyProxy {
  /** The subgraph's URL as it is seen through the proxy. */
  readonly url: string
  /** Requests that have come and have not been answered at this moment. */
  readonly underway: number
  setFault(fault: Fault): Promise<void>
  close(): Promise<void>
}

/**
 * Stands before the subgraph at a URL.
 *
 * @param onAnswered told how long an answer about a patient took from here, in milliseconds: from the
 *   request's arrival to the answer's last byte
 */
export async function startFaultyProxy(
  target: string,
  onAnswered: (tookMs: number) => void = () => {},
): Promise<FaultyProxy> {
  const sockets = new Set<Socket>()
  const served = new WeakSet<Socket>()
  let fault: Fault = 'none'
  let turn = 0
  let underway = 0
  const server = createServer((request, response) => {
    turn += 1
    pass(request, response).catch(() => response.destroy())
  })
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  const listen = (port: number) =>
    new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  const cut = () => {
    for (const socket of sockets) socket.destroy()
  }
  const stop = async () => {
    if (!server.listening) return
    const stopped = new Promise<void>((resolve) => server.close(() => resolve()))
    cut()
    await stopped
  }
  await listen(0)
  const { port } = server.address() as AddressInfo

  async function pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const now = fault
    const came = performance.now()
    const isReused = served.has(request.socket)
    served.add(request.socket)
    if (now === 'reset' || (now === 'flap' && turn % 2 === 0) || (now === 'idle' && isReused)) {
      request.socket.destroy()
      return
    }
    const gone = new AbortController()
    underway += 1
    response.once('close', () => {
      underway -= 1
      gone.abort()
    })
    if (now === 'hang') return
    if (typeof now === 'object' && 'page' in now) {
      response.writeHead(now.status, { 'content-type': 'text/html' }).end(now.page)
      return
    }
    const answer = await forward(target, request, gone.signal)
    if (isAboutPatient(answer.sent)) {
      response.once('finish', () => onAnswered(performance.now() - came))
    }
    response.writeHead(answer.status, { 'content-type': 'application/json' })
    await send(response, answer, now, gone.signal)
  }

  return {
    url: `http://127.0.0.1:${port}${new URL(target).pathname}`,
    get underway() {
      return underway
    },
    async setFault(next) {
      fault = next
      if (next === 'reset' || next === 'none') cut()
      if (next === 'refuse') await stop()
      else if (!server.listening) await listen(port)
    },
    close: stop,
  }
}

async function send(
  response: ServerResponse,
  { body, sent }: Forwarded,
  fault: Fault,
  gone: AbortSignal,
): Promise<void> {
  if (fault === 'half') {
    response.write(body.subarray(0, body.length / 2), () => response.destroy())
  } else if (fault === 'garbage') {
    response.end(Buffer.from(Array.from({ length: 5000 }, (_, at) => (at * 7919) % 256)))
  } else if (fault === 'trickle') {
    for (const byte of body.subarray(0, -1)) {
      response.write(Buffer.of(byte))
      await wait(20, undefined, { signal: gone })
    }
  } else if (typeof fault === 'object' && 'delayMs' in fault) {
    await wait(fault.delayMs, undefined, { signal: gone })
    response.end(body)
  } else if (typeof fault === 'object' && 'answer' in fault && isAboutPatient(sent)) {
    response.end(fault.answer(body.toString('utf8')))
  } else {
    response.end(body)
  }
}

function isAboutPatient(sent: Buffer): boolean {
  return sent.includes('Record{') || sent.includes('Record {')
}
