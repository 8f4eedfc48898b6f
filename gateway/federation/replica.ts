import { ReadingPool } from '../../subgraphs/kit/http/reading-pool.ts'
import { readBounded } from './read-bounded.ts'
import { SourceFailure, toSourceFailure } from './source-failure.ts'

/** One address of a source, and what it may cost to ask there. */
export interface ReplicaOptions {
  /** Where its GraphQL endpoint is. */
  readonly url: string
  /** Milliseconds until a connection that does not come about is given up. */
  readonly connectMs: number
  /** Upper bound of open connections. */
  readonly maxConnections: number
  /** Upper bound of an answer, in bytes. */
  readonly maxBytes: number
}

/** A GraphQL answer: data, errors, or both. */
export interface GraphqlBody {
  readonly data: Record<string, unknown> | null
  readonly errors: readonly unknown[]
}

/** One GraphQL endpoint, which is only read, over a bounded pool of connections of its own. */
export class Replica {
  readonly #maxBytes: number
  readonly #pool: ReadingPool
  readonly #path: string

  constructor({ url, connectMs, maxConnections, maxBytes }: ReplicaOptions) {
    const { origin, pathname, search } = new URL(url)
    this.#path = pathname + search
    this.#maxBytes = maxBytes
    this.#pool = new ReadingPool(origin, {
      connections: maxConnections,
      pipelining: 1,
      connectMs,
      // The signal of each call ends it: a deadline of the pool's would be another one.
      headersTimeout: 0,
      bodyTimeout: 0,
      keepAliveTimeout: 30_000,
    })
  }

  /**
   * Sends one operation.
   *
   * @param sent.request the operation as JSON, made anew for each time that it is sent
   * @throws SourceFailure when nothing came that could be an answer; `signal`'s abortion closes the
   *   connection and counts as being late
   */
  async send(sent: {
    readonly request: () => {
      readonly body: string
      readonly headers: Readonly<Record<string, string>>
    }
    readonly signal: AbortSignal
  }): Promise<GraphqlBody> {
    const { request, signal } = sent
    try {
      const response = await this.#pool.request(() => {
        const { body, headers } = request()
        return {
          method: 'POST',
          path: this.#path,
          headers: { 'content-type': 'application/json', accept: 'application/json', ...headers },
          body,
          signal,
        }
      })
      const answer = parseBody(await readBounded(response, this.#maxBytes))
      if (answer && (answer.data !== null || answer.errors.length > 0)) return answer
      throw new SourceFailure('FAILED', 'NOT_A_GRAPHQL_ANSWER', { status: response.statusCode })
    } catch (error) {
      throw toSourceFailure(error, signal.aborted)
    }
  }

  async close(): Promise<void> {
    await this.#pool.destroy()
  }
}

function parseBody(text: string): GraphqlBody | null {
  const body: unknown = JSON.parse(text)
  if (typeof body !== 'object' || body === null) return null
  const { data = null, errors = [] } = body as { data?: unknown; errors?: unknown }
  if (typeof data !== 'object' || Array.isArray(data) || !Array.isArray(errors)) return null
  return { data: data as Record<string, unknown> | null, errors }
}
