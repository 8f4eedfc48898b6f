import { randomUUID } from 'node:crypto'
import { Agent, request } from 'undici'
import { readBounded } from '../../gateway/federation/read-bounded.ts'
import { toObject, toObjects } from './json.ts'
import type { Reply } from './reply.ts'

/** A call as it goes over the wire. */
export interface Call {
  readonly authorization?: string
  /** An operation, or a body of one's own. */
  readonly body: string | { readonly query: string; readonly variables?: object }
  readonly method?: 'GET' | 'POST'
  readonly url?: string
  readonly contentType?: string
  readonly deadlineMs?: number
  readonly signal?: AbortSignal
}

/** Calls a subgraph, within bounds, and keeps what it replied. */
export interface Caller {
  call(call: Call): Promise<Reply>
  /** Everything that came so far. */
  readonly replies: readonly Reply[]
  close(): Promise<void>
}

const MAX_BYTES = 10_000_000

/** A subgraph that answers later than this, or not at all, is not waited for. */
const PATIENCE = 5

/**
 * A caller of the subgraph at a URL.
 *
 * @param deadlineMs how long the gateway would wait: told with every call. What takes five times as long
 *   is given up
 */
export function createCaller(url: string, deadlineMs: number): Caller {
  const dispatcher = new Agent({ connections: 8, pipelining: 1 })
  const replies: Reply[] = []
  return {
    replies,
    async call(call) {
      const startedAt = performance.now()
      const took = () => performance.now() - startedAt
      const deadline = AbortSignal.timeout(deadlineMs * PATIENCE)
      const { body, method = 'POST', contentType = 'application/json' } = call
      try {
        const answer = await request(call.url ?? url, {
          method,
          dispatcher,
          headers: {
            ...(call.authorization !== undefined && { authorization: call.authorization }),
            ...(method === 'POST' && { 'content-type': contentType }),
            'x-deadline-ms': String(call.deadlineMs ?? deadlineMs),
            'x-request-id': randomUUID(),
          },
          ...(method === 'POST' && {
            body: typeof body === 'string' ? body : JSON.stringify(body),
          }),
          signal: call.signal ? AbortSignal.any([deadline, call.signal]) : deadline,
        })
        const text = await readBounded(answer, MAX_BYTES)
        const reply = { ...answered(answer.statusCode, text), headers: answer.headers, ms: took() }
        replies.push(reply)
        return reply
      } catch (error) {
        const problem = problemOf(error, deadline)
        return { ...answered(null, ''), headers: {}, problem, ms: took() }
      }
    },
    close: () => dispatcher.destroy(),
  }
}

function answered(status: number | null, text: string) {
  const body = toObject(parse(text))
  const [data, errors] = [toObject(body?.['data']), toObjects(body?.['errors'])]
  return { status, problem: null, text, data, errors }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function problemOf(error: unknown, deadline: AbortSignal): Reply['problem'] {
  if (deadline.aborted) return 'TIMED_OUT'
  return (error as { code?: unknown }).code === 'ANSWER_TOO_LARGE' ? 'TOO_LARGE' : 'BROKEN_OFF'
}
