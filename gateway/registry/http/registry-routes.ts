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
  const options = { bodyLimit: MAX_BODY_BYTES }

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

  app.get(`${path}/history`, (request, reply) =>
    serve(request, reply, ({ participant }) => historyOf(parts, participant, MOST_HISTORY)),
  )

  /** For the publisher of that participant alone; whatever goes wrong is told by a code. */
  async function serve(
    request: FastifyRequest,
    reply: FastifyReply,
    act: (publisher: Publisher) => Promise<unknown>,
  ): Promise<unknown> {
    try {
      const token = tokenOf(request)
      const publisher = token === null ? null : await findPublisher(parts.db, token)
      if (!publisher) return sendProblem(reply, 'UNAUTHENTICATED')
      const { code } = request.params as { readonly code: string }
      if (publisher.participant !== code) return sendProblem(reply, 'NOT_YOUR_PARTICIPANT')
      return await act(publisher)
    } catch (error) {
      return sendFailure(error, { request, reply, logger })
    }
  }
}
