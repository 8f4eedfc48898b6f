import { BulkheadRejectedError } from 'cockatiel'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Logger } from 'pino'
import { problemOf } from '../../problem-of.ts'
import { PublishingError } from '../publishing/publishing-error.ts'
import { TooManyOperations } from '../store/operations.ts'
import { sendProblem } from './problem.ts'

/** Answers a request that could not be served, by a code; what nobody foresaw goes to the log. */
export function sendFailure(
  error: unknown,
  {
    request,
    reply,
    logger,
  }: {
    readonly request: FastifyRequest
    readonly reply: FastifyReply
    readonly logger: Pick<Logger, 'error'>
  },
): FastifyReply {
  if (error instanceof BulkheadRejectedError) return sendProblem(reply, 'BUSY')
  if (error instanceof TooManyOperations) return sendProblem(reply, 'TOO_MANY_OPERATIONS')
  if (error instanceof PublishingError) {
    const { code, results } = error
    return sendProblem(reply, code, results.length > 0 ? { results } : {})
  }
  logger.error({ requestId: request.id, problem: problemOf(error) }, 'the registry failed')
  return sendProblem(reply, 'REGISTRY_FAILED')
}
