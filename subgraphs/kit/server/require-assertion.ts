import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { AssertionClaims } from '../assertion/claims.ts'
import type { VerifyAssertion } from '../assertion/verify.ts'
import { isHealthPath } from './health.ts'
import { masked } from './mask-errors.ts'

const verified = new WeakMap<FastifyRequest, AssertionClaims>()

/**
 * Turns away whoever does not bring a valid assertion, before the body is read: 401 and the same
 * body each time. Introspection and the published SDL are no exception.
 */
export function requireAssertion(server: FastifyInstance, verify: VerifyAssertion): void {
  server.addHook('onRequest', async (request, reply) => {
    if (isHealthPath(request.routeOptions.url)) return
    const verification = await verify(request.headers.authorization)
    if ('claims' in verification) {
      verified.set(request, verification.claims)
      return
    }
    request.log.warn({ refusal: verification.refusal }, 'A call without a valid assertion')
    await reply
      .code(401)
      .header('www-authenticate', 'Bearer')
      .send({ errors: [masked('UNAUTHENTICATED')] })
  })
}

/**
 * The verified assertion of a request.
 *
 * @throws when there is none: no handler behind `requireAssertion` ever sees that
 */
export function claimsOf(request: FastifyRequest): AssertionClaims {
  const claims = verified.get(request)
  if (!claims) throw new Error('A request came past the assertion')
  return claims
}
