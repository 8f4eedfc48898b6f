import type { Finding } from '../check.ts'
import { type ServiceAnswer, tellFailure } from './ask-service.ts'
import { codeIn, whoIsIt } from './service-queries.ts'
import type { ServiceUnderCheck } from './service-under-check.ts'

/** A first call may have to fetch keys and open connections. */
const TIMES_AS_LONG = 5

/** The service at the url can be reached, takes the gateway's assertion, and says that it is the participant. */
export async function checkAnswers(service: ServiceUnderCheck): Promise<Finding[]> {
  const { code, ask, assertion, deadlineMs } = service
  const waitMs = TIMES_AS_LONG * deadlineMs
  const answer = await ask({
    query: whoIsIt(code, 'CheckAnswers'),
    authorization: `Bearer ${assertion}`,
    waitMs,
  })
  return findingIn(answer, code, waitMs)
}

function findingIn(answer: ServiceAnswer, code: string, waitMs: number): Finding[] {
  const tell = (message: string, mend: string) => [{ where: 'url', message, mend }]
  if (answer.outcome !== 'ANSWERED') {
    return tell(
      `A call to the service ${tellFailure(answer, waitMs)}.`,
      'Start the subgraph, and let the gateway reach it at this url: name, port, firewall and certificate.',
    )
  }
  const { status, body } = answer
  if (status >= 300 && status < 400) {
    return tell(
      `The service redirects to another address (status ${status}), and the gateway follows nobody.`,
      'Publish the address at which it ends.',
    )
  }
  if (status === 401 || status === 403) {
    return tell(
      `The service refused the gateway's signed call (status ${status}).`,
      `Give it the gateway's public keys (JWKS), let it expect the audience '${code}', and set its clock.`,
    )
  }
  if (!body || (body.data === undefined && body.errors === undefined)) {
    return tell(
      `The service answered with no GraphQL (status ${status}).`,
      'Publish the url of the GraphQL endpoint itself, which takes a POST of JSON and answers in JSON.',
    )
  }
  if (codeIn(body) === code) return []
  return tell(
    `The service answered (status ${status}), and does not say that it is '${code}'.`,
    `Let it resolve the entity of type ${code.charAt(0).toUpperCase()}${code.slice(1)} by its code, for scope participant.read.`,
  )
}
