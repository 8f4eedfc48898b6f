import { bulkhead } from 'cockatiel'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Logger } from 'pino'
import { createChangelog } from '../changelog/changelog.ts'
import { readManifest } from '../operations/read-manifest.ts'
import { registerOperations } from '../operations/register-operations.ts'
import { usageOf } from '../operations/usage.ts'
import type { PublishingParts } from '../publishing/parts.ts'
import { findRegisteredOperations } from '../store/operations.ts'
import { findPublisher } from '../store/publishers.ts'
import { findTeam } from '../store/teams.ts'
import { sendProblem } from './problem.ts'
import { sendFailure } from './send-failure.ts'
import { tokenOf } from './token-of.ts'

const MAX_BODY_BYTES = 5 * 1024 * 1024

/** Each takes a core for a second or more. */
const WAITING = 8

/** No coordinate is longer. */
const LONGEST_COORDINATE = 300

/**
 * Adds what front-end teams ask of the registry: `GET /registry/changelog` for everybody, `GET
 * /registry/operations` and `/registry/usage?of=Type.field` for teams and publishers, and `POST
 * /registry/teams/<name>/operations` for that team. docs/clients.md.
 */
export function addTeamRoutes(app: FastifyInstance, parts: PublishingParts, logger: Logger): void {
  const { db } = parts
  const turns = bulkhead(1, WAITING)
  const changelog = createChangelog(parts)

  app.get('/registry/changelog', (request, reply) => serve(request, reply, changelog))

  app.get('/registry/operations', (request, reply) =>
    serve(request, reply, async () => {
      if (!(await isKnown(request))) return sendProblem(reply, 'TEAM_UNAUTHENTICATED')
      const operations = await findRegisteredOperations(db)
      return { operations: operations.map(({ text: _, ...operation }) => operation) }
    }),
  )

  app.get('/registry/usage', (request, reply) =>
    serve(request, reply, async () => {
      if (!(await isKnown(request))) return sendProblem(reply, 'TEAM_UNAUTHENTICATED')
      const { of } = request.query as { readonly of?: unknown }
      if (typeof of !== 'string' || of.length > LONGEST_COORDINATE) {
        return sendProblem(reply, 'BAD_REQUEST', { detail: 'Say of what: ?of=Type.field' })
      }
      const usage = await turns.execute(() => usageOf(parts, of))
      return usage ?? sendProblem(reply, 'NO_SUCH_ELEMENT')
    }),
  )

  app.post(
    '/registry/teams/:team/operations',
    { bodyLimit: MAX_BODY_BYTES, onRequest: authenticate },
    (request, reply) => serve(request, reply, () => register(request, reply)),
  )

  /** Before a body is read: only that team may send one. */
  async function authenticate(request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
    try {
      const token = tokenOf(request)
      const team = token === null ? null : await findTeam(db, token)
      if (team === null) return sendProblem(reply, 'TEAM_UNAUTHENTICATED')
      return team === teamOf(request) ? undefined : sendProblem(reply, 'NOT_YOUR_TEAM')
    } catch (error) {
      return sendFailure(error, { request, reply, logger })
    }
  }

  async function register(request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
    const team = teamOf(request)
    const entries = readManifest(request.body)
    if ('problem' in entries) return sendProblem(reply, 'BAD_REQUEST', { detail: entries.problem })
    const isWhole = (request.query as { readonly replace?: unknown }).replace === 'yes'
    const registered = await turns.execute(() =>
      registerOperations(parts, { team, entries, isWhole }),
    )
    if ('problems' in registered) {
      return sendProblem(reply, 'OPERATIONS_NOT_VALID', { problems: registered.problems })
    }
    logger.info({ team, ...registered }, 'operations were registered')
    return { team, ...registered }
  }

  async function isKnown(request: FastifyRequest): Promise<boolean> {
    const token = tokenOf(request)
    if (token === null) return false
    return (await findTeam(db, token)) !== null || (await findPublisher(db, token)) !== null
  }

  async function serve(
    request: FastifyRequest,
    reply: FastifyReply,
    act: () => Promise<unknown>,
  ): Promise<unknown> {
    try {
      return await act()
    } catch (error) {
      return sendFailure(error, { request, reply, logger })
    }
  }
}

function teamOf({ params }: FastifyRequest): string {
  return (params as { readonly team: string }).team
}
