import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'

/** Letters, digits and dashes with at least one letter: nothing that could be an NHS number. */
const ACCEPTABLE = /^(?=.*[A-Za-z])[\w-]{8,64}$/

/** The request's `X-Request-ID` where it is acceptable, else a new one. */
export function requestIdOf(request: Pick<IncomingMessage, 'headers'>): string {
  const given = request.headers['x-request-id']
  return typeof given === 'string' && ACCEPTABLE.test(given) && !/\d{10}/.test(given)
    ? given
    : randomUUID()
}
