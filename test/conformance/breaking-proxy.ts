import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A request as it came, and may be sent on. */
export interface Asked {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly body: string
}

/** What was answered, or is to be answered instead. */
export interface Answered {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body: string
}

/** How a subgraph is broken: in what it reads of a request, or in what it answers. */
export interface Fault {
  /** Another request, an answer without asking, or none ever. */
  readonly ask?: (asked: Asked) => Asked | Answered | 'HANG'
  readonly answer?: (answered: Answered, asked: Asked) => Answered
}

/** Stands before a real subgraph and breaks one thing. */
export interface BreakingProxy {
  readonly url: string
  close(): Promise<void>
}

/** Starts a proxy on a free port. */
export async function startBreakingProxy(target: string, fault: Fault): Promise<BreakingProxy> {
  const server = createServer((request, response) => {
    pass(target, fault, { request, response }).catch(() => response.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/graphql`,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      server.closeAllConnections()
      await closed
    },
  }
}

async function pass(
  target: string,
  fault: Fault,
  { request, response }: { request: IncomingMessage; response: ServerResponse },
): Promise<void> {
  const asked = await read(request)
  const next = fault.ask?.(asked) ?? asked
  if (next === 'HANG') return
  const answered = 'status' in next ? next : await send(target, next)
  const { status, headers, body } = fault.answer?.(answered, asked) ?? answered
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body)
}

async function read(request: IncomingMessage): Promise<Asked> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const headers = Object.fromEntries(
    ['authorization', 'content-type', 'x-deadline-ms'].map((name) => {
      const value = request.headers[name]
      return [name, value === undefined ? undefined : String(value)]
    }),
  )
  const body = Buffer.concat(chunks).toString('utf8')
  return { method: request.method ?? 'POST', path: request.url ?? '/', headers, body }
}

async function send(target: string, { method, path, headers, body }: Asked): Promise<Answered> {
  const given = Object.entries(headers).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, value]],
  )
  const answer = await fetch(new URL(path, target), {
    method,
    headers: given,
    ...(method !== 'GET' && { body }),
  })
  return { status: answer.status, body: await answer.text() }
}
