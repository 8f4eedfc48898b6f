import type { FastifyRequest } from 'fastify'

/** The token that a request brings as `Authorization: Bearer …`; null when it brings none. */
export function tokenOf({ headers }: FastifyRequest): string | null {
  const [scheme, token] = (headers.authorization ?? '').split(' ')
  return scheme?.toLowerCase() === 'bearer' && token !== undefined ? token : null
}
