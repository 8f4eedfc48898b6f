import type { FastifyInstance } from 'fastify'
import type { RecordSource } from '../record-source.ts'
import { faultOf } from './mask-errors.ts'

/** True for a path that is answered without an assertion: it tells nothing about anybody. */
export function isHealthPath(path: string | undefined): boolean {
  return path === '/health/live' || path === '/health/ready'
}

/**
 * Adds `/health/live` (the process answers) and `/health/ready` (so does the source of its records:
 * 200, else 503).
 */
export function addHealthRoutes(server: FastifyInstance, source: RecordSource): void {
  server.get('/health/live', async () => ({ status: 'live' }))
  server.get('/health/ready', async (request, reply) => {
    try {
      await source.checkReadiness()
      return { status: 'ready' }
    } catch (error) {
      request.log.error({ fault: faultOf(error) }, 'The source of records does not answer')
      return reply.code(503).send({ status: 'not ready' })
    }
  })
}
