import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { SignAssertion } from '../../../../gateway/federation/assertion.ts'

/** A call that came to a service which behaves badly. */
export interface BadCall {
  readonly query: string
  readonly headers: IncomingMessage['headers']
  readonly response: ServerResponse
  /** What a good service answers, to this call or to one that brings a genuine assertion. */
  good(options?: { readonly isTrusted?: boolean }): Promise<{ status: number; text: string }>
}

/** How it answers. */
export type Behave = (call: BadCall) => Promise<void> | void

/** Starts a service that behaves badly before a good one of `nel`. */
export async function startBadService(
  behave: Behave,
  good: { readonly url: string; readonly sign: SignAssertion },
): Promise<{ readonly url: string; close(): Promise<void> }> {
  const genuine = await good.sign('nel', {
    sub: 'lcr-gateway',
    requested_scope: 'participant.read',
    request_id: 'bad-service',
  })
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const body = Buffer.concat(chunks)
    const { headers } = request
    await behave({
      query: JSON.parse(body.toString('utf8')).query,
      headers,
      response,
      async good({ isTrusted = false } = {}) {
        const authorization = isTrusted ? `Bearer ${genuine}` : headers.authorization
        const answered = await fetch(good.url, {
          method: 'POST',
          headers: {
            'content-type': 'application/json',
            ...(authorization !== undefined && { authorization }),
          },
          body,
        })
        return { status: answered.status, text: await answered.text() }
      },
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/graphql`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
