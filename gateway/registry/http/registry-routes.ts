import { bulkhead } from 'cockatiel'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Logger } from 'pino'
import { historyOf } from '../publishing/history.ts'
import { checkOffer } from '../publishing/judge-offer.ts'
import type { PublishingParts } from '../publishing/parts.ts'
import { publishOffer } from '../publishing/publish-offer.ts'
import { rollBack } from '../publishing/roll-back.ts'
import { findPublisher, type Publisher } from '../store/publishers.ts'
import { sendProblem } from './problem.ts'
import { readOffer, readRollback } from './read-body.ts'
import { sendFailure } from './send-failure.ts'
import { tokenOf } from './token-of.ts'

/** A schema of two million characters, as JSON. */
const MAX_BODY_BYTES = 5 * 1024 * 1024

/** The checks of one publication take a core for seconds: the others wait, and not too many. */
const WAITING = 8

const MOST_HISTORY = 100

/**
 * Adds the registry under `/registry/participants/<code>`: `POST …/check`, `…/publish` and
 * `…/rollback`, `GET …/history`, each for a publisher's token of that participant. docs/publish.md.
 */
export function addRegistryRoutes(
  app: FastifyInstance,
  parts: PublishingParts,
  logger: Logger,
): void {
  const turns = bulkhead(1, WAITING)
  const path = '/registry/participants/:code'
  const publishers = new WeakMap<FastifyRequest, Publisher>()
  const options = { bodyLimit: MAX_BODY_BYTES, onRequest: authenticate }

  app.post(`${path}/check`, options, (request, reply) =>
    serve(request, reply, async (publisher) => {
      const offer = readOffer(request.body)
      if ('problem' in offer) return sendProblem(reply, 'BAD_REQUEST', { detail: offer.problem })
      return turns.execute(() => checkOffer(parts, publisher, offer))
    }),
  )

  app.post(`${path}/publish`, options, (request, reply) =>
    serve(request, reply, async (publisher) => {
      const offer = readOffer(request.body)
      if ('problem' in offer) return sendProblem(reply, 'BAD_REQUEST', { detail: offer.problem })
      const published = await turns.execute(() => publishOffer(parts, publisher, offer))
      const { publication, version, passed } = published
      const { participant } = publisher
      logger.info({ participant, publication, supergraph: version, passed }, 'a publication')
      void reply.code(!passed ? 422 : published.isUnchanged ? 200 : 201)
      return published
    }),
  )

  app.post(`${path}/rollback`, options, (request, reply) =>
    serve(request, reply, async (publisher) => {
      const wanted = readRollback(request.body)
      if ('problem' in wanted) return sendProblem(reply, 'BAD_REQUEST', { detail: wanted.problem })
      const back = await turns.execute(() => rollBack(parts, publisher, wanted.to))
      const { participant } = publisher
      const { version, publication } = back
      logger.info({ participant, publication, supergraph: version }, 'a publication was taken back')
      return back
    }),
  )

  app.get(`${path}/history`, { onRequest: authenticate }, (request, reply) =>
    serve(request, reply, ({ participant }) => historyOf(parts, participant, MOST_HISTORY)),
  )

  /** Before a body is read: only a publisher of that participant may send one. */
  async function authenticate(request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
    try {
      const token = tokenOf(request)
      const publisher = token === null ? null : await findPublisher(parts.db, token)
      if (!publisher) return sendProblem(reply, 'UNAUTHENTICATED')
      const { code } = request.params as { readonly code: string }
      if (publisher.participant !== code) return sendProblem(reply, 'NOT_YOUR_PARTICIPANT')
      publishers.set(request, publisher)
      return undefined
    } catch (error) {
      return sendFailure(error, { request, reply, logger })
    }
  }

  /** Whatever goes wrong is told by a code. */
  async function serve(
    request: FastifyRequest,
    reply: FastifyReply,
    act: (publisher: Publisher) => Promise<unknown>,
  ): Promise<unknown> {
    try {
      const publisher = publishers.get(request)
      return publisher ? await act(publisher) : sendProblem(reply, 'UNAUTHENTICATED')
    } catch (error) {
      return sendFailure(error, { request, reply, logger })
    }
  }
}
