import type { FastifyReply, FastifyRequest } from 'fastify'

/** Longer than any gateway waits: the answer would come too late. */
const LONGEST_MS = 5_000

/**
 * Ends with the time that the caller gives (`x-deadline-ms`, whole milliseconds from now), and when
 * the caller goes away. A header that is no such number gives the longest time there is.
 */
export function requestSignal(request: FastifyRequest, reply: FastifyReply): AbortSignal {
  const given = String(request.headers['x-deadline-ms'] ?? '')
  const ms = /^\d{1,9}$/.test(given) ? Math.min(Number(given), LONGEST_MS) : LONGEST_MS
  return AbortSignal.any([AbortSignal.timeout(ms), goneSignal(reply)])
}

/** Ends when the caller goes away before the answer has left. */
export function goneSignal({ raw }: FastifyReply): AbortSignal {
  const gone = new AbortController()
  raw.once('close', () => {
    if (!raw.writableFinished) gone.abort()
  })
  return gone.signal
}
