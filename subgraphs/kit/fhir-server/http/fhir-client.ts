import { TokenError } from '../../client-credentials/token-error.ts'
import type { TokenSource } from '../../client-credentials/token-source.ts'
import { parseFhir } from '../../fhir/parse-fhir.ts'
import { ReadingPool } from '../../http/reading-pool.ts'
import { FhirServerError } from '../fhir-server-error.ts'
import type { FhirServerLimits } from '../options.ts'
import { readCapabilities } from './capabilities.ts'
import { createCapabilitySource } from './capability-source.ts'
import { firstPage, holdsNhsNumber, nextPage, type PageRequest } from './next-page.ts'
import { readResource, readSearchPage, type ServerResource } from './search-page.ts'
import type { ServerBase } from './server-base.ts'
import { Spending } from './spending.ts'

/** What one request has to ask with: its time and what it may still cost. */
export interface Asking {
  readonly signal: AbortSignal
  readonly spending: Spending
}

/** Search parameters by name; values as FHIR writes them. */
export type SearchParameters = Readonly<Record<string, string>>

/** Asks a FHIR R4 server. Everything rejects with FhirServerError, or the signal's reason. */
export interface FhirClient {
  /** Everything that a search finds, on all its pages. */
  search(type: string, parameters: SearchParameters, asking: Asking): Promise<ServerResource[]>
  /** The same page by page, for who may stop early. */
  pages(
    type: string,
    parameters: SearchParameters,
    asking: Asking,
  ): AsyncGenerator<readonly ServerResource[]>
  /** How many resources of a type there are. */
  count(type: string, asking: Asking): Promise<number | null>
  /** One resource by its id; null where there is none. For what cannot be searched for. */
  read(type: string, id: string, asking: Asking): Promise<ServerResource | null>
  close(): Promise<void>
}

/** The server's own end of patience; requests bring theirs. */
const TIMEOUT_MS = 30_000

/** A client of the server at `base`. */
export function createFhirClient(
  base: ServerBase,
  limits: FhirServerLimits,
  tokens: TokenSource | null,
): FhirClient {
  const pool = new ReadingPool(base.origin, {
    connections: limits.connections,
    headersTimeout: TIMEOUT_MS,
    bodyTimeout: TIMEOUT_MS,
    connectMs: TIMEOUT_MS,
  })
  const server = { pool, tokens }
  const capabilities = createCapabilitySource(async () => {
    const request: PageRequest = { method: 'GET', path: `${base.path}/metadata` }
    // Asked for all requests: it neither ends with one of them nor counts for it. A server that has just
    // started may take long to say what it can.
    const signal = AbortSignal.timeout(TIMEOUT_MS)
    return readCapabilities(await send(server, request, { signal, spending: new Spending(limits) }))
  })
  async function* pages(type: string, parameters: SearchParameters, asking: Asking) {
    if (!(await capabilities(asking.signal)).has(type)) return
    const form = new URLSearchParams({ _count: String(limits.pageSize), ...parameters })
    const seen = new Set<string>()
    const found = new Set<string>()
    let request: PageRequest | null = firstPage(base, type, form)
    while (request !== null) {
      const key: string = JSON.stringify(request)
      if (seen.has(key)) throw new FhirServerError('BAD_NEXT_LINK')
      seen.add(key)
      asking.spending.addPage()
      const page = readSearchPage(await send(server, request, asking), type)
      asking.spending.addResources(page.resources.length)
      // Where records change between two pages, one may stand on both.
      const fresh = page.resources.filter(({ id }) => !found.has(id))
      for (const { id } of fresh) found.add(id)
      if (page.next === null && page.total !== null && found.size < page.total) {
        throw new FhirServerError('INCOMPLETE')
      }
      yield fresh
      request = page.next === null ? null : nextPage(base, page.next, form)
    }
  }
  const search: FhirClient['search'] = async (type, parameters, asking) => {
    const all: ServerResource[] = []
    for await (const page of pages(type, parameters, asking)) all.push(...page)
    return all
  }
  return {
    pages,
    search,
    async count(type, asking) {
      const request = firstPage(base, type, new URLSearchParams({ _summary: 'count' }))
      return readSearchPage(await send(server, request, asking), type).total
    },
    async read(type, id, asking) {
      if (holdsNhsNumber(id)) return (await search(type, { _id: id }, asking))[0] ?? null
      const path = `${base.path}/${type}/${encodeURIComponent(id)}`
      try {
        return readResource(await send(server, { method: 'GET', path }, asking), type)
      } catch (error) {
        const code = error instanceof FhirServerError ? error.code : ''
        if (code === 'HTTP_404' || code === 'HTTP_410') return null
        throw error
      }
    },
    close: () => pool.destroy(),
  }
}

interface Server {
  readonly pool: ReadingPool
  readonly tokens: TokenSource | null
}

/** Sends a request; once more with a new token where the server turns the old one down. */
async function send(
  server: Server,
  request: PageRequest,
  asking: Asking,
  isSecond = false,
): Promise<unknown> {
  const { signal, spending } = asking
  const token = await tokenOf(server, signal)
  try {
    const { statusCode, body } = await server.pool.request(() => ({
      ...request,
      headers: headersOf(request, token),
      signal,
    }))
    if (statusCode !== 200) await body.dump().catch(() => {})
    if (statusCode === 401 && token !== undefined && !isSecond) {
      server.tokens?.forget(token)
      return await send(server, request, asking, true)
    }
    if (statusCode !== 200) throw new FhirServerError(`HTTP_${statusCode}`)
    return parse(await readAll(body, spending))
  } catch (error) {
    signal.throwIfAborted()
    if (error instanceof FhirServerError) throw error
    throw new FhirServerError('UNREACHABLE', { cause: error })
  }
}

async function tokenOf({ tokens }: Server, signal: AbortSignal): Promise<string | undefined> {
  try {
    return await tokens?.token(signal)
  } catch (error) {
    if (error instanceof TokenError) throw new FhirServerError('NO_TOKEN', { cause: error })
    throw error
  }
}

function headersOf({ body }: PageRequest, token: string | undefined): Record<string, string> {
  return {
    accept: 'application/fhir+json',
    // A search parameter that the server does not know must not be passed over.
    prefer: 'handling=strict',
    // HAPI FHIR, as it comes, answers a search for a minute with what the same one found before.
    'cache-control': 'no-cache',
    ...(body === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
  }
}

async function readAll(body: AsyncIterable<Buffer>, spending: Spending): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of body) {
    spending.addBytes(chunk.length)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

/** A parser's message quotes what it reads: it is not passed on. */
function parse(text: string): unknown {
  try {
    return parseFhir(text)
  } catch {
    throw new FhirServerError('NOT_JSON')
  }
}
