import { type Dispatcher, request } from 'undici'
import { readBounded } from '../../../federation/read-bounded.ts'
import { toSourceFailure } from '../../../federation/source-failure.ts'

/** One call to a service that is being checked. */
export interface ServiceCall {
  readonly query: string
  readonly variables?: Readonly<Record<string, unknown>>
  /** Without it nobody is known to ask. */
  readonly authorization?: string
  /** Milliseconds until it is given up. */
  readonly waitMs: number
  /** What the call says of its time; `waitMs` when left out. */
  readonly deadlineMs?: number
}

/** What came of it; of the answer's own words only what checks compare. */
export type ServiceAnswer =
  | {
      readonly outcome: 'ANSWERED'
      readonly status: number
      /** Null where the body is no JSON object. */
      readonly body: { readonly data?: unknown; readonly errors?: unknown } | null
    }
  | {
      readonly outcome: 'NOT_REACHED' | 'TIMED_OUT' | 'FAILED'
      /** A code of the system, of the HTTP client, or our own. */
      readonly problem: string
    }

/** Ten times the contract. */
const MOST_BYTES = 2_000_000

/** Asks one service, over connections of its own; follows no redirect and reads no endless answer. */
export type AskService = (call: ServiceCall) => Promise<ServiceAnswer>

/**
 * A way to ask the service at a url.
 *
 * @param dispatcher closed by who made it
 */
export function createAskService(url: string, dispatcher: Dispatcher): AskService {
  return async ({ query, variables = {}, authorization, waitMs, deadlineMs = waitMs }) => {
    const signal = AbortSignal.timeout(waitMs)
    try {
      const response = await request(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          accept: 'application/json',
          'x-deadline-ms': String(deadlineMs),
          ...(authorization !== undefined && { authorization }),
        },
        body: JSON.stringify({ query, variables }),
        dispatcher,
        signal,
      })
      const text = await readBounded(response, MOST_BYTES)
      return { outcome: 'ANSWERED', status: response.statusCode, body: parseObject(text) }
    } catch (error) {
      const { kind, problem } = toSourceFailure(error, signal.aborted)
      return { outcome: kind, problem }
    }
  }
}

function parseObject(text: string): { readonly data?: unknown; readonly errors?: unknown } | null {
  try {
    const body: unknown = JSON.parse(text)
    return typeof body === 'object' && body !== null && !Array.isArray(body) ? body : null
  } catch {
    // What is no JSON is no answer; its status is still told.
    return null
  }
}

/** What a failed call came to, to end a sentence. */
export function tellFailure(
  answer: Exclude<ServiceAnswer, { outcome: 'ANSWERED' }>,
  waitMs: number,
): string {
  if (answer.outcome === 'TIMED_OUT') return `did not end within ${waitMs} ms`
  return answer.outcome === 'NOT_REACHED'
    ? `reached nobody (${answer.problem})`
    : `failed (${answer.problem})`
}
