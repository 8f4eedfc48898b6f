import underPressure from '@fastify/under-pressure'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

/** What a process can work on; above it, requests are refused early. */
export interface Capacity {
  /** Requests at once. */
  readonly maxRequests: number
  /** How late the process may be, in milliseconds, at the mean of the last quarter of a second. */
  readonly maxEventLoopDelayMs: number
}

/** How often the delay is looked at: so soon is recovery noticed. */
const LOOK_EVERY_MS = 250

/**
 * Refuses what comes to these routes above the capacity: before its body is read where that is known
 * already, and in any case before anything is done with it. Nobody is kept in a queue: an answer is
 * promised within seconds, and who is refused at once can ask again, or another gateway.
 *
 * A request is in progress from when its body has come until its answer has left, so a body that comes
 * slowly takes nobody's place.
 *
 * @param refuse answers 503; it is called with a reply that nothing was sent with
 */
export async function shedLoad(
  routes: FastifyInstance,
  capacity: Capacity,
  refuse: (reply: FastifyReply) => FastifyReply,
): Promise<void> {
  let inProgress = 0
  await routes.register(underPressure, {
    maxEventLoopDelay: capacity.maxEventLoopDelayMs,
    sampleInterval: LOOK_EVERY_MS,
    // Asked for below, after those who were admitted.
    pressureHandler: () => {},
  })
  routes.addHook('onRequest', async (_request, reply) => {
    if (inProgress >= capacity.maxRequests || routes.isUnderPressure()) return refuse(reply)
  })
  routes.addHook('preHandler', async (_request: FastifyRequest, reply) => {
    // A client that has gone is answered by nobody, and its place would never be given back.
    if (reply.raw.closed) return reply.hijack()
    if (inProgress >= capacity.maxRequests) return refuse(reply)
    inProgress += 1
    reply.raw.once('close', () => {
      inProgress -= 1
    })
  })
}
