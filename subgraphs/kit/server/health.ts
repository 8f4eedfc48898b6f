import type { FastifyInstance } from 'fastify'
import { type Kysely, sql } from 'kysely'
import type { ParticipantDatabase } from '../store/tables.ts'
import { faultOf } from './mask-errors.ts'

/** True for a path that is answered without an assertion: it tells nothing about anybody. */
export function isHealthPath(path: string | undefined): boolean {
  return path === '/health/live' || path === '/health/ready'
}

/**
 * Adds `/health/live` (the process answers) and `/health/ready` (so does its database, in the
 * present schema: 200, else 503).
 */
export function addHealthRoutes(server: FastifyInstance, db: Kysely<ParticipantDatabase>): void {
  server.get('/health/live', async () => ({ status: 'live' }))
  server.get('/health/ready', async (request, reply) => {
    try {
      await sql`select from item, patient, resource, care_relationship limit 0`.execute(db)
      return { status: 'ready' }
    } catch (error) {
      request.log.error({ fault: faultOf(error) }, 'The database does not answer')
      return reply.code(503).send({ status: 'not ready' })
    }
  })
}
