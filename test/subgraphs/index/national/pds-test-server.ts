import { readdir, readFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { exportJWK, generateKeyPair, type JWTVerifyResult, jwtVerify } from 'jose'
import type { NationalOptions } from '../../../../subgraphs/index/national/create-national-service.ts'

const BASE_PATH = '/personal-demographics/FHIR/R4'
const RECORDED = new URL('./recorded/', import.meta.url)
const CLIENT_ID = 'lcr-api-key'
const DENIED = {
  resourceType: 'OperationOutcome',
  issue: [
    { severity: 'error', code: 'forbidden', details: { coding: [{ code: 'ACCESS_DENIED' }] } },
  ],
}

/** One exchange of the conversation. */
export interface Exchange {
  readonly asked: string
  readonly status: number
  readonly body: unknown
}

/** What the server does instead of giving a recorded answer. */
export type Meddling = (request: IncomingMessage, response: ServerResponse) => boolean

/** The PDS FHIR API with its token service, played over HTTP from what is recorded. */
export interface PdsTestServer {
  readonly options: NationalOptions
  /** Every request for a patient, refused ones too. */
  readonly seen: { readonly url: string; readonly headers: IncomingMessage['headers'] }[]
  /** Every assertion that a token was asked for with, verified. */
  readonly assertions: JWTVerifyResult[]
  /** Answers in another way; returns false for what is recorded. Without one: all as recorded. */
  meddle(how?: Meddling): void
  /** The same for the token service. */
  meddleWithTokens(how?: Meddling): void
  /** Turns all tokens down that were given out. */
  revokeTokens(): void
  /** Ends the connections, and takes no more. */
  close(): Promise<void>
}

const keys = generateKeyPair('RS512', { extractable: true })

/** @param clock of the token service */
export async function startPdsTestServer(
  clock: () => Date = () => new Date(),
): Promise<PdsTestServer> {
  const { publicKey, privateKey } = await keys
  const exchanges = await readExchanges()
  const seen: PdsTestServer['seen'] = []
  const assertions: JWTVerifyResult[] = []
  const valid = new Set<string>()
  const requestIds = new Set<unknown>()
  let meddling: Meddling = () => false
  let tokenMeddling: Meddling = () => false

  async function giveToken(request: IncomingMessage, response: ServerResponse) {
    const form = new URLSearchParams(await text(request))
    const isOfKind =
      form.get('grant_type') === 'client_credentials' &&
      form.get('client_assertion_type') === 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'
    try {
      const verified = await jwtVerify(form.get('client_assertion') ?? '', publicKey, {
        algorithms: ['RS512'],
        audience: options().auth.tokenUrl,
        issuer: CLIENT_ID,
        subject: CLIENT_ID,
        maxTokenAge: '5 minutes',
        currentDate: clock(),
        requiredClaims: ['jti', 'exp'],
      })
      if (!isOfKind || verified.protectedHeader.kid !== 'lcr-1') throw new Error('refused')
      assertions.push(verified)
    } catch {
      const body = { error: 'invalid_request', error_description: 'Invalid client_assertion' }
      return send(response, 400, body)
    }
    const token = `token-${assertions.length}`
    valid.add(token)
    // As a string, and with what else the platform writes.
    const answer = { access_token: token, expires_in: '599', token_type: 'Bearer' }
    send(response, 200, { ...answer, issued_at: '1796000000000' })
  }

  function givePatient(request: IncomingMessage, response: ServerResponse) {
    const { headers, url = '' } = request
    const requestId = headers['x-request-id']
    const isFresh = /^[0-9a-f-]{36}$/.test(String(requestId)) && !requestIds.has(requestId)
    requestIds.add(requestId)
    if (!isFresh) return send(response, 400, 'X-Request-ID is missing or was used before')
    response.setHeader('x-request-id', String(requestId).toUpperCase())
    response.setHeader('x-correlation-id', '11C46F5F-CDEF-4865-94B2-0EE0EDCC26DA')
    const token = /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1]
    if (token === undefined || !valid.has(token)) return send(response, 401, DENIED)
    const exchange = exchangeOf(exchanges, url.slice(`${BASE_PATH}/Patient/`.length))
    send(response, exchange.status, exchange.body)
  }

  const server = createServer((request, response) => {
    const isToken = request.method === 'POST' && request.url === '/oauth2/token'
    if (isToken) {
      if (!tokenMeddling(request, response)) void giveToken(request, response)
      return
    }
    seen.push({ url: request.url ?? '', headers: request.headers })
    if (!meddling(request, response)) givePatient(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const key = { ...(await exportJWK(privateKey)), kid: 'lcr-1', alg: 'RS512' }

  function options(): NationalOptions {
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const tokenUrl = `${origin}/oauth2/token`
    const auth = { tokenUrl, clientId: CLIENT_ID, proof: { privateKey: key } }
    return { baseUrl: `${origin}${BASE_PATH}`, auth, timeoutMs: 2000 }
  }

  return {
    options: options(),
    seen,
    assertions,
    meddle(how = () => false) {
      meddling = how
    },
    meddleWithTokens(how = () => false) {
      tokenMeddling = how
    },
    revokeTokens: () => valid.clear(),
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** Writes an answer as the API does. */
export function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/fhir+json', etag: 'W/"2"' })
  response.end(JSON.stringify(body))
}

/** The whole conversation. */
export async function readExchanges(): Promise<Exchange[]> {
  const files = await readdir(RECORDED)
  return Promise.all(
    files.map(async (file) => JSON.parse(await readFile(new URL(file, RECORDED), 'utf8'))),
  )
}

function exchangeOf(exchanges: readonly Exchange[], nhsNumber: string): Exchange {
  const found = exchanges.find(({ asked }) => asked === nhsNumber)
  if (found === undefined) throw new Error('Nothing is recorded for this number')
  return found
}
