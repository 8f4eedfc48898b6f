import { BulkheadRejectedError, bulkhead } from 'cockatiel'
import { Attempts } from './attempts.ts'
import { CIRCUIT, Circuit, type CircuitState } from './circuit.ts'
import { deadlineSignal } from './deadline-signal.ts'
import { type GraphqlBody, Replica } from './replica.ts'
import { maskErrors, type SourceErrorCode, sourceError } from './source-errors.ts'
import { SourceFailure, toSourceFailure } from './source-failure.ts'
import type { Representation, SourceCall } from './types.ts'

export interface HttpSourceOptions {
  readonly name: string
  /** Where its GraphQL endpoint is; where it is a second time, if it has replicas. */
  readonly urls: readonly string[]
  /** Milliseconds until a call is given up. */
  readonly deadlineMs: number
  /** Upper bound of open connections to each of the urls. */
  readonly maxConnections: number
  /** Upper bound of an answer, in bytes. */
  readonly maxBytes: number
  /** Milliseconds after which a second replica is asked beside the first. */
  readonly hedgeAfterMs: number
  /** Milliseconds for which it is left alone when it keeps failing. */
  readonly openMs: number
  readonly onFailure?: (failure: { source: string; problem: string; status?: number }) => void
  readonly onCircuit?: (change: { source: string; circuit: CircuitState }) => void
}

/** A GraphQL request to one source, and what the request lends to it. */
export interface SourceRequest {
  readonly query: string
  readonly operationName?: string
  readonly variables: Readonly<Record<string, unknown>>
  readonly headers: Record<string, string>
  /** Ends the call: the client went away. */
  readonly signal: AbortSignal
  /** When the whole request's deadline passes, by `performance.now()`. */
  readonly deadlineAt: number
}

export interface SourceAnswer {
  readonly data: Record<string, unknown> | null
  readonly errors: readonly ReturnType<typeof sourceError>[]
  readonly outcome: SourceCall['outcome']
}

/** For each connection so many calls may be under way or wait for it; more would come too late. */
const CALLS_PER_CONNECTION = 4

/**
 * One subgraph over HTTP: a deadline that it is told of, connections and waiting calls of its own and
 * no more, one second attempt, a circuit that spares it when it keeps failing, and no word of its
 * errors.
 */
export class HttpSource {
  readonly name: string
  readonly circuit: Circuit
  readonly #options: HttpSourceOptions
  readonly #replicas: readonly Replica[]
  readonly #attempts: Attempts
  readonly #calls: ReturnType<typeof bulkhead>

  constructor(options: HttpSourceOptions) {
    const { name, urls, deadlineMs, maxConnections, maxBytes, openMs } = options
    this.name = name
    this.#options = options
    const connectMs = Math.ceil(deadlineMs / 2)
    this.#replicas = urls.map((url) => new Replica({ url, connectMs, maxConnections, maxBytes }))
    this.#attempts = new Attempts(this.#replicas, options.hedgeAfterMs)
    this.#calls = bulkhead(maxConnections * CALLS_PER_CONNECTION)
    this.circuit = new Circuit({ ...CIRCUIT, openMs }, (circuit) =>
      options.onCircuit?.({ source: name, circuit }),
    )
  }

  /** Asks the source. Never throws: a failure is an answer without data, with its outcome. */
  async ask(request: SourceRequest): Promise<SourceAnswer> {
    try {
      const body = await this.#calls.execute(() =>
        this.circuit.run((isTrial) => this.#send(request, isTrial)),
      )
      if (!body) return this.#without(request, 'NOT_ASKED')
      const errors = maskErrors(this.name, body.errors)
      if (body.data === null) return this.#without(request, 'FAILED', errors)
      return { data: body.data, errors, outcome: 'ANSWERED' }
    } catch (error) {
      return this.#failed(request, error)
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.#replicas.map((replica) => replica.close()))
  }

  async #send(request: SourceRequest, isTrial: boolean): Promise<GraphqlBody> {
    const { query, operationName, variables, headers } = request
    const left = Math.min(this.#options.deadlineMs, request.deadlineAt - performance.now())
    const deadline = deadlineSignal(Math.ceil(Math.max(left, 0)))
    const signal = isTrial ? deadline : AbortSignal.any([deadline, request.signal])
    const body = JSON.stringify({ query, operationName, variables })
    const endsAt = performance.now() + left
    try {
      const answer = await this.#attempts.send({
        request: () => ({ body, headers: { ...headers, ...deadlineHeader(endsAt) } }),
        signal,
      })
      if (answer.data === null && !isAboutTheRequest(answer.errors)) {
        const errors = maskErrors(this.name, answer.errors)
        throw new SourceFailure('FAILED', 'NO_DATA', { errors })
      }
      return answer
    } catch (error) {
      // Who went away says nothing about the source.
      if (error instanceof SourceFailure && !deadline.aborted && signal.aborted) throw new Gone()
      throw error
    }
  }

  #failed(request: SourceRequest, error: unknown): SourceAnswer {
    const source = this.name
    const { onFailure } = this.#options
    if (error instanceof BulkheadRejectedError) {
      onFailure?.({ source, problem: 'TOO_MANY_CALLS' })
      return this.#without(request, 'NOT_ASKED')
    }
    if (error instanceof Gone) return this.#without(request, 'TIMED_OUT')
    const { kind, problem, status, errors } = toSourceFailure(error, false)
    onFailure?.({ source, problem, ...(status !== undefined && { status }) })
    return this.#without(request, kind === 'TIMED_OUT' ? kind : 'FAILED', errors)
  }

  #without(
    request: SourceRequest,
    outcome: keyof typeof CODES,
    errors?: SourceAnswer['errors'],
  ): SourceAnswer {
    const code = CODES[outcome]
    const entities = request.variables['representations'] as readonly Representation[] | undefined
    return {
      data: null,
      errors: errors?.every(({ path }) => path)
        ? errors
        : entities
          ? entities.map((_, index) => sourceError(this.name, code, ['_entities', index]))
          : [sourceError(this.name, code)],
      outcome,
    }
  }
}

/** The client went away. */
class Gone extends Error {}

const CODES = {
  NOT_ASKED: 'SOURCE_NOT_ASKED',
  TIMED_OUT: 'SOURCE_TIMED_OUT',
  FAILED: 'SOURCE_FAILED',
} as const satisfies Partial<Record<SourceCall['outcome'], SourceErrorCode>>

/** How long the source may take, in whole milliseconds: docs/subgraph-protocol.md. */
function deadlineHeader(endsAt: number): { 'x-deadline-ms': string } {
  return { 'x-deadline-ms': String(Math.max(1, Math.floor(endsAt - performance.now()))) }
}

/** True when all that is wrong is what was asked: the source itself is well. */
function isAboutTheRequest(errors: readonly unknown[]): boolean {
  return maskErrors('', errors).every(({ extensions }) => extensions.code !== 'SOURCE_FAILED')
}
