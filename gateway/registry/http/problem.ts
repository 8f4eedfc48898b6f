import type { FastifyReply } from 'fastify'
import type { OperationProblem } from '../operations/check-manifest.ts'
import { type PublishingError, publishingProblems } from '../publishing/publishing-error.ts'
import { MOST_OF_A_TEAM } from '../store/operations.ts'

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
  TEAM_UNAUTHENTICATED: {
    status: 401,
    text: "A team's token is needed, as 'Authorization: Bearer …': the gateway's operator makes one with 'lcr team'.",
  },
  NOT_YOUR_TEAM: { status: 403, text: "This token is another team's." },
  OPERATIONS_NOT_VALID: {
    status: 422,
    text: 'Some operations are not valid for the present schema: none was registered.',
  },
  TOO_MANY_OPERATIONS: {
    status: 409,
    text: `A team may have ${MOST_OF_A_TEAM} operations: retire old ones by registering with replace=yes. Nothing was changed.`,
  },
  NO_SUCH_ELEMENT: {
    status: 404,
    text: 'The public schema has no such type, field or argument: write it as Type, Type.field or Type.field(argument:).',
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
  more: {
    readonly detail?: string
    readonly results?: PublishingError['results']
    readonly problems?: readonly OperationProblem[]
  } = {},
): FastifyReply {
  const { status, text } = problems[code]
  if (status === 401) void reply.header('www-authenticate', 'Bearer')
  if (code === 'BUSY') void reply.header('retry-after', 5)
  return reply
    .code(status)
    .type('application/problem+json')
    .send({ type: 'about:blank', status, code, title: text, ...more })
}
