import underPressure from '@fastify/under-pressure'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { AdaptiveLimit } from './adaptive-limit.ts'

/** What a process can work on; above it, requests are refused early. */
export interface Capacity {
  /** Requests at once. */
  readonly limit: Pick<AdaptiveLimit, 'isReached' | 'enter' | 'leave'>
  /** How late the process may be, in milliseconds, at the mean of the last second. */
  readonly maxEventLoopDelayMs: number
}

/** How often the delay is looked at: one pause is no overload, and so soon is recovery noticed. */
const LOOK_EVERY_MS = 1000

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
  const { limit, maxEventLoopDelayMs } = capacity
  await routes.register(underPressure, { sampleInterval: LOOK_EVERY_MS })
  const isLate = () => {
    const { eventLoopDelay } = routes.memoryUsage()
    // Infinite where the process did nothing else all the time.
    return Math.min(eventLoopDelay, LOOK_EVERY_MS) > maxEventLoopDelayMs
  }
  routes.addHook('onRequest', async (_request, reply) => {
    if (limit.isReached || isLate()) return refuse(reply)
  })
  routes.addHook('preHandler', async (_request: FastifyRequest, reply) => {
    // A client that has gone is answered by nobody, and its place would never be given back.
    if (reply.raw.closed) return reply.hijack()
    if (limit.isReached) return refuse(reply)
    limit.enter()
    reply.raw.once('close', () => limit.leave())
  })
}
