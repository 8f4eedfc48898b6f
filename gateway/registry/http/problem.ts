import type { FastifyReply } from 'fastify'
import { type PublishingError, publishingProblems } from '../publishing/publishing-error.ts'

/** Why a request to the registry is refused, by code; beside what publishing itself refuses. */
const problems = {
  ...publishingProblems,
  UNAUTHENTICATED: {
    status: 401,
    text: "A publisher's token is needed, as 'Authorization: Bearer …': the gateway's operator makes one with 'lcr publisher'.",
  },
  NOT_YOUR_PARTICIPANT: {
    status: 403,
    text: "This publisher's token is for another participant.",
  },
  BAD_REQUEST: { status: 400, text: 'The request does not hold.' },
  BUSY: { status: 503, text: 'The registry is busy with other publications. Try again.' },
  REGISTRY_FAILED: {
    status: 500,
    text: 'The registry could not do it: nothing was changed.',
  },
} as const

/** The code of a refusal of the registry. */
export type RegistryProblem = keyof typeof problems

/** Answers with a problem, as RFC 9457 has it. */
export function sendProblem(
  reply: FastifyReply,
  code: RegistryProblem,
  more: { readonly detail?: string; readonly results?: PublishingError['results'] } = {},
): FastifyReply {
  const { status, text } = problems[code]
  if (code === 'UNAUTHENTICATED') void reply.header('www-authenticate', 'Bearer')
  if (code === 'BUSY') void reply.header('retry-after', 5)
  return reply
    .code(status)
    .type('application/problem+json')
    .send({ type: 'about:blank', status, code, title: text, ...more })
}
