import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

/** A request for a token. */
export interface TokenRequest {
  readonly authorization: string | undefined
  readonly form: URLSearchParams
}

/** A token service that gives out `token-1`, `token-2`, … */
export async function startTokenService({ expiresIn = 600 } = {}) {
  const asked: TokenRequest[] = []
  let isBroken = false
  const server = createServer(async (request, response) => {
    const form = new URLSearchParams(await text(request))
    asked.push({ authorization: request.headers.authorization, form })
    const answer = { access_token: `token-${asked.length}`, token_type: 'Bearer' }
    response.writeHead(isBroken ? 500 : 200, { 'content-type': 'application/json' })
    response.end(JSON.stringify({ ...answer, expires_in: expiresIn }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/token`,
    asked,
    break(broken: boolean) {
      isBroken = broken
    },
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
