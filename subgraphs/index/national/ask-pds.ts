import { randomUUID } from 'node:crypto'
import type { Dispatcher } from 'undici'
import { TokenError } from '../../kit/client-credentials/token-error.ts'
import type { TokenSource } from '../../kit/client-credentials/token-source.ts'
import { element, elements, text } from '../../kit/fhir/elements.ts'
import type { ServerBase } from '../../kit/fhir-server/http/server-base.ts'
import { ReadingPool } from '../../kit/http/reading-pool.ts'
import { readAtMost } from '../../kit/read-at-most.ts'
import { AwayError } from './away-error.ts'

/** What the API said of one number. */
export type PdsReply =
  | { readonly kind: 'PATIENT'; readonly body: unknown; readonly isSurelyOurs: boolean }
  /** It has no such patient, or none that is valid. */
  | { readonly kind: 'NOBODY' }

/** Many times what the service tells of anybody. */
const MAX_BYTES = 512 * 1024

/** By default an application may ask five times a second (docs/national-service.md). */
const CONNECTIONS = 8

/** The codes, beside 200, that say something of the number and nothing of the service. */
const NOBODY: Readonly<Record<number, readonly string[]>> = {
  400: ['INVALID_RESOURCE_ID'],
  404: ['RESOURCE_NOT_FOUND', 'INVALIDATED_RESOURCE'],
}

/** Asks `GET /Patient/{number}`. Everything rejects with AwayError. */
export interface PdsClient {
  ask(nhsNumber: string, signal: AbortSignal): Promise<PdsReply>
  close(): Promise<void>
}

/** A client of the API at `base`. Redirections are not followed: the token would go along. */
export function createPdsClient(base: ServerBase, tokens: TokenSource): PdsClient {
  const pool = new ReadingPool(base.origin, { connections: CONNECTIONS })
  const client = { pool, tokens, base }
  return {
    async ask(nhsNumber, signal) {
      try {
        return await ask(client, nhsNumber, signal)
      } catch (error) {
        if (error instanceof AwayError) throw error
        if (signal.aborted) throw new AwayError('TIMED_OUT')
        throw new AwayError(error instanceof TokenError ? error.code : 'UNREACHABLE')
      }
    },
    close: () => pool.destroy(),
  }
}

interface Client {
  readonly pool: ReadingPool
  readonly tokens: TokenSource
  readonly base: ServerBase
}

/** Once more with a new token where the service turns the old one down. */
async function ask(client: Client, nhsNumber: string, signal: AbortSignal): Promise<PdsReply> {
  const first = await client.tokens.token(signal)
  const reply = await send(client, { nhsNumber, token: first, signal })
  if (reply !== 'TOKEN_TURNED_DOWN') return reply
  client.tokens.forget(first)
  const second = await client.tokens.token(signal)
  const again = await send(client, { nhsNumber, token: second, signal })
  if (again === 'TOKEN_TURNED_DOWN') throw new AwayError('REFUSED')
  return again
}

async function send(
  { pool, base }: Client,
  asked: { readonly nhsNumber: string; readonly token: string; readonly signal: AbortSignal },
): Promise<PdsReply | 'TOKEN_TURNED_DOWN'> {
  const requestId = randomUUID()
  const response = await pool.request(() => ({
    method: 'GET',
    path: `${base.path}/Patient/${asked.nhsNumber}`,
    headers: {
      accept: 'application/fhir+json',
      authorization: `Bearer ${asked.token}`,
      'x-request-id': requestId,
    },
    signal: asked.signal,
  }))
  const { statusCode, body } = response
  if (statusCode !== 200 && !(statusCode in NOBODY)) {
    await body.dump().catch(() => {})
    if (statusCode === 401) return 'TOKEN_TURNED_DOWN'
    throw new AwayError(faultOf(statusCode))
  }
  const repeated = repeatedId(response)
  const read = await readJson(body)
  if (repeated !== null && repeated !== requestId) throw new AwayError('NOT_UNDERSTOOD')
  if (statusCode === 200) {
    return { kind: 'PATIENT', body: read, isSurelyOurs: repeated === requestId }
  }
  if (!codesOf(read).some((code) => NOBODY[statusCode]?.includes(code))) {
    // A wrong base URL is 404 as well, and must not read as "nobody has this number".
    throw new AwayError('NOT_UNDERSTOOD')
  }
  return { kind: 'NOBODY' }
}

/** The request's id, which the service writes in either case. */
function repeatedId({ headers }: Dispatcher.ResponseData): string | null {
  const written = headers['x-request-id']
  return typeof written === 'string' ? written.trim().toLowerCase() : null
}

/** What a parser says of what it reads quotes it: it is not passed on. */
async function readJson(body: AsyncIterable<Buffer>): Promise<unknown> {
  const written = await readAtMost(body, MAX_BYTES).catch((error) => {
    const isUnreadable = error instanceof RangeError || error instanceof TypeError
    throw isUnreadable ? new AwayError('NOT_UNDERSTOOD') : error
  })
  try {
    return JSON.parse(written)
  } catch {
    throw new AwayError('NOT_UNDERSTOOD')
  }
}

/** The codes of an OperationOutcome. */
function codesOf(source: unknown): string[] {
  if (element(source)['resourceType'] !== 'OperationOutcome') return []
  return elements(element(source)['issue'])
    .flatMap((issue) => elements(element(issue['details'])['coding']))
    .flatMap((coding) => text(coding['code']) ?? [])
}

function faultOf(status: number) {
  if (status === 401 || status === 403) return 'REFUSED'
  if (status === 408) return 'TIMED_OUT'
  if (status === 429) return 'BUSY'
  return status >= 500 ? 'FAILED' : 'NOT_UNDERSTOOD'
}
