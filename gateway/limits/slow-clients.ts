import type { Server } from 'node:http'
import type { FastifyHttpOptions, FastifyInstance } from 'fastify'

/** How slow a client may be, in milliseconds. */
export interface ClientTimes {
  /** To send a whole request, headers and body. */
  readonly sendMs: number
  /** To read its answer. */
  readonly readMs: number
}

/**
 * Longer than load balancers keep a connection without requests (usually 60 s): it is theirs to close
 * one, or a request could be sent into a connection that is just being closed.
 */
const KEEP_ALIVE_MS = 72_000

/** How late a slow client may be noticed, in milliseconds; Node's own default is half a minute. */
const LOOK_EVERY_MS = 500

/** A server's settings that cut off clients which take too long to send. */
export function slowSenderOptions({ sendMs }: ClientTimes) {
  return {
    requestTimeout: sendMs,
    keepAliveTimeout: KEEP_ALIVE_MS,
    // Node compares the two when the server is made, before the first of them is set.
    http: {
      requestTimeout: sendMs,
      headersTimeout: sendMs,
      connectionsCheckingInterval: Math.min(LOOK_EVERY_MS, Math.ceil(sendMs / 2)),
    },
  } satisfies FastifyHttpOptions<Server>
}

/**
 * Cuts off clients that do not read their answer: from when it is ready, the whole of it must be taken
 * in time, however slowly it goes on.
 */
export function cutSlowReaders(app: FastifyInstance, { readMs }: ClientTimes): void {
  app.addHook('onSend', async (_request, reply) => {
    const timer = setTimeout(() => reply.raw.destroy(), readMs).unref()
    reply.raw.once('close', () => clearTimeout(timer))
  })
}
