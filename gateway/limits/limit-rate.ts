import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { RequestContext } from '../context.ts'
import type { CallerRates, RateRefusal } from './caller-rates.ts'
import { whoAsks } from './who.ts'

/** Who sends a request, found before its body is read, and whether it is one too many. */
export type Asker = Pick<RequestContext, 'identity' | 'rateRefusal'>

const DECORATOR = 'asker'

/**
 * Finds out who asks and refuses whoever asks too often, before the body is read. The one refusal of a
 * minute that is an event of the audit trail goes on with its request, so that the event tells what was
 * asked; `askerOf` says so.
 *
 * @param given.refuse answers 429
 */
export function limitRate(
  routes: FastifyInstance,
  given: {
    readonly identify: (authorization: string | undefined) => Promise<RequestContext['identity']>
    readonly rates: CallerRates
    readonly refuse: (reply: FastifyReply, refusal: RateRefusal) => FastifyReply
  },
): void {
  const { identify, rates, refuse } = given
  routes.decorateRequest(DECORATOR)
  routes.addHook('onRequest', async (request, reply) => {
    const identity = await identify(request.headers.authorization)
    const rateRefusal = await rates.refuseOperation(whoAsks(identity, request.ip), request.id)
    if (rateRefusal && !rateRefusal.isEvent) return refuse(reply, rateRefusal)
    request.setDecorator<Asker>(DECORATOR, { identity, rateRefusal })
  })
}

/** Who sends a request that was let through. */
export function askerOf(request: FastifyRequest): Asker {
  return request.getDecorator<Asker>(DECORATOR)
}
