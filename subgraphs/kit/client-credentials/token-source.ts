import { randomUUID } from 'node:crypto'
import { importJWK, type JWK, SignJWT } from 'jose'
import { type Dispatcher, request } from 'undici'
import * as z from 'zod'
import type { Clock } from '../clock.ts'
import { readAtMost } from '../read-at-most.ts'
import { unlessAborted } from '../unless-aborted.ts'
import type { ClientCredentials } from './credentials.ts'
import { TokenError, type TokenFault } from './token-error.ts'

/** Hands out access tokens. */
export interface TokenSource {
  /** A token that is good for a while. Rejects with the signal's reason, or TokenError. */
  token(signal: AbortSignal): Promise<string>
  /** Takes a token out of use that the server has turned down. */
  forget(token: string): void
}

/** A token is not used in its last seconds, which it may spend under way. */
const MARGIN_S = 30

/** Where the token service does not say how long a token is good. */
const USUAL_LIFETIME_S = 300

/** How long the token service may take; requests that wait for it have their own time. */
const TIMEOUT_MS = 5_000

/** How long a signed client assertion is good: NHS England takes at most five minutes. */
const ASSERTION_S = 120

const MAX_ANSWER_BYTES = 64 * 1024

const answer = z.object({
  access_token: z.string().min(1),
  token_type: z.string().regex(/^bearer$/i),
  expires_in: z.coerce.number().positive().default(USUAL_LIFETIME_S),
})

/**
 * Access tokens by client credentials (RFC 6749, 4.4): one is kept until shortly before it expires,
 * and only one is asked for at a time, however many requests wait for it.
 */
export function createTokenSource(
  auth: ClientCredentials,
  { dispatcher, clock }: { readonly dispatcher: Dispatcher; readonly clock: Clock },
): TokenSource {
  let held: { readonly token: string; readonly goodUntil: number } | null = null
  let pending: Promise<string> | null = null

  async function fetchToken(): Promise<string> {
    const askedAt = clock().getTime()
    const { access_token: token, expires_in: lifetimeS } = await ask(auth, { dispatcher, clock })
    const goodS = Math.max(lifetimeS - MARGIN_S, lifetimeS / 2)
    held = { token, goodUntil: askedAt + goodS * 1000 }
    return token
  }

  return {
    async token(signal) {
      if (held !== null && clock().getTime() < held.goodUntil) return held.token
      pending ??= fetchToken().finally(() => {
        pending = null
      })
      return unlessAborted(pending, signal)
    },
    forget(token) {
      if (held?.token === token) held = null
    },
  }
}

async function ask(
  auth: ClientCredentials,
  { dispatcher, clock }: { readonly dispatcher: Dispatcher; readonly clock: Clock },
): Promise<z.infer<typeof answer>> {
  const { headers, parameters } = await prove(auth, clock).catch(() => {
    throw new TokenError('REFUSED')
  })
  const form = new URLSearchParams({ grant_type: 'client_credentials', ...parameters })
  if (auth.scope !== undefined) form.set('scope', auth.scope)
  const signal = AbortSignal.timeout(TIMEOUT_MS)
  try {
    const { statusCode, body } = await request(auth.tokenUrl, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        accept: 'application/json',
        ...headers,
      },
      body: form.toString(),
      dispatcher,
      signal,
    })
    if (statusCode !== 200) {
      await body.dump().catch(() => {})
      throw new TokenError(faultOf(statusCode))
    }
    return read(await readAtMost(body, MAX_ANSWER_BYTES))
  } catch (error) {
    if (error instanceof TokenError) throw error
    throw new TokenError(signal.aborted ? 'TIMED_OUT' : 'UNREACHABLE')
  }
}

function faultOf(status: number): TokenFault {
  if (status === 429) return 'BUSY'
  if (status >= 500) return 'FAILED'
  return status >= 400 ? 'REFUSED' : 'NOT_UNDERSTOOD'
}

/** What a parser says of what it reads quotes it: it is not passed on. */
function read(text: string): z.infer<typeof answer> {
  try {
    return answer.parse(JSON.parse(text))
  } catch {
    throw new TokenError('NOT_UNDERSTOOD')
  }
}

/** How the client shows who it is: HTTP Basic, or an assertion that it signs (RFC 7523). */
async function prove(
  { proof, clientId, tokenUrl }: ClientCredentials,
  clock: Clock,
): Promise<{ headers: Record<string, string>; parameters: Record<string, string> }> {
  if ('secret' in proof) {
    const pair = `${formEncoded(clientId)}:${formEncoded(proof.secret)}`
    const basic = Buffer.from(pair).toString('base64')
    return { headers: { authorization: `Basic ${basic}` }, parameters: {} }
  }
  return {
    headers: {},
    parameters: {
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: await signAssertion(proof.privateKey, { clientId, tokenUrl, clock }),
    },
  }
}

/** RFC 6749, 2.3.1: both parts are form-encoded before they are joined. */
function formEncoded(value: string): string {
  return new URLSearchParams({ value }).toString().slice('value='.length)
}

async function signAssertion(
  key: JWK,
  { clientId, tokenUrl, clock }: { clientId: string; tokenUrl: string; clock: Clock },
): Promise<string> {
  const alg = algorithmOf(key)
  const now = Math.floor(clock().getTime() / 1000)
  return new SignJWT({ jti: randomUUID() })
    .setProtectedHeader({ alg, typ: 'JWT', ...(key.kid === undefined ? {} : { kid: key.kid }) })
    .setIssuer(clientId)
    .setSubject(clientId)
    .setAudience(tokenUrl)
    .setIssuedAt(now)
    .setExpirationTime(now + ASSERTION_S)
    .sign(await importJWK(key, alg))
}

/** What the key says of itself, else RS512, which NHS England asks for, or what fits its curve. */
function algorithmOf({ alg, kty, crv }: JWK): string {
  if (alg !== undefined) return alg
  if (kty === 'RSA') return 'RS512'
  return crv === 'P-384' ? 'ES384' : crv === 'P-521' ? 'ES512' : 'ES256'
}
