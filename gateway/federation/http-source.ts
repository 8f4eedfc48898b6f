import { Pool } from 'undici'
import { problemOf } from '../problem-of.ts'
import { readBounded } from './read-bounded.ts'
import { maskErrors, sourceError } from './source-errors.ts'
import type { Representation, SourceCall } from './types.ts'

export interface HttpSourceOptions {
  readonly name: string
  /** Where its GraphQL endpoint is. */
  readonly url: string
  /** Milliseconds until a call is given up. */
  readonly deadlineMs: number
  /** Upper bound of open connections. */
  readonly maxConnections: number
  /** Upper bound of an answer, in bytes. */
  readonly maxBytes: number
  readonly onFailure?: (failure: { source: string; problem: string; status?: number }) => void
}

/** A GraphQL request to one source, and what the request lends to it. */
export interface SourceRequest {
  readonly query: string
  readonly operationName?: string
  readonly variables: Readonly<Record<string, unknown>>
  readonly headers: Record<string, string>
  readonly signal: AbortSignal
}

export interface SourceAnswer {
  readonly data: Record<string, unknown> | null
  readonly errors: readonly ReturnType<typeof sourceError>[]
  readonly outcome: SourceCall['outcome']
}

/** One subgraph over HTTP: a bounded pool of connections, a deadline, and no word of its errors. */
export class HttpSource {
  readonly name: string
  readonly #options: HttpSourceOptions
  readonly #pool: Pool
  readonly #path: string

  constructor(options: HttpSourceOptions) {
    const url = new URL(options.url)
    this.name = options.name
    this.#options = options
    this.#path = url.pathname + url.search
    this.#pool = new Pool(url.origin, {
      connections: options.maxConnections,
      pipelining: 1,
      connect: { timeout: options.deadlineMs },
      headersTimeout: options.deadlineMs,
      bodyTimeout: options.deadlineMs,
      keepAliveTimeout: 30_000,
    })
  }

  /** Asks the source. Never throws: a failure is an answer without data, with its outcome. */
  async ask(request: SourceRequest): Promise<SourceAnswer> {
    const deadline = AbortSignal.timeout(this.#options.deadlineMs)
    const signal = AbortSignal.any([deadline, request.signal])
    try {
      return await this.#send(request, signal)
    } catch (error) {
      const timedOut = signal.aborted || isTimeout(error)
      this.#options.onFailure?.({ source: this.name, problem: problemOf(error) })
      return this.#failed(request, timedOut)
    }
  }

  async close(): Promise<void> {
    await this.#pool.destroy()
  }

  async #send(request: SourceRequest, signal: AbortSignal): Promise<SourceAnswer> {
    const { query, operationName, variables } = request
    const response = await this.#pool.request({
      method: 'POST',
      path: this.#path,
      headers: {
        'content-type': 'application/json',
        accept: 'application/json',
        ...request.headers,
      },
      body: JSON.stringify({ query, operationName, variables }),
      signal,
    })
    const text = await readBounded(response.body, this.#options.maxBytes)
    const body = parseBody(text)
    if (!body || (body.data == null && body.errors.length === 0)) {
      this.#options.onFailure?.({
        source: this.name,
        problem: 'NOT_A_GRAPHQL_ANSWER',
        status: response.statusCode,
      })
      return this.#failed(request, false)
    }
    if (body.data === null) return this.#failed(request, false, maskErrors(this.name, body.errors))
    return { data: body.data, errors: maskErrors(this.name, body.errors), outcome: 'ANSWERED' }
  }

  #failed(
    request: SourceRequest,
    timedOut: boolean,
    errors?: SourceAnswer['errors'],
  ): SourceAnswer {
    const code = timedOut ? 'SOURCE_TIMED_OUT' : 'SOURCE_FAILED'
    const entities = request.variables['representations'] as readonly Representation[] | undefined
    return {
      data: null,
      errors: errors?.every(({ path }) => path)
        ? errors
        : entities
          ? entities.map((_, index) => sourceError(this.name, code, ['_entities', index]))
          : [sourceError(this.name, code)],
      outcome: timedOut ? 'TIMED_OUT' : 'FAILED',
    }
  }
}

function parseBody(
  text: string,
): { data: Record<string, unknown> | null; errors: unknown[] } | null {
  const body: unknown = JSON.parse(text)
  if (typeof body !== 'object' || body === null) return null
  const { data = null, errors = [] } = body as { data?: unknown; errors?: unknown }
  if (typeof data !== 'object' || Array.isArray(data) || !Array.isArray(errors)) return null
  return { data: data as Record<string, unknown> | null, errors }
}

function isTimeout(error: unknown): boolean {
  return /TIMEOUT/.test(problemOf(error))
}
