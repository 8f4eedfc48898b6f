import type { Finding } from '../check.ts'
import { tellFailure } from './ask-service.ts'
import { whoIsIt } from './service-queries.ts'
import type { ServiceUnderCheck } from './service-under-check.ts'

/**
 * The service answers within the time that the gateway waits, and leaves no call hanging that tells it
 * of hardly any time.
 */
export async function checkDeadline(service: ServiceUnderCheck): Promise<Finding[]> {
  const { code, ask, assertion, deadlineMs: waitMs } = service
  const authorization = `Bearer ${assertion}`
  const hurried = await ask({
    query: whoIsIt(code, 'CheckHurry'),
    authorization,
    waitMs,
    deadlineMs: 1,
  })
  const answer = await ask({ query: whoIsIt(code, 'CheckDeadline'), authorization, waitMs })
  return [
    ...(hurried.outcome === 'TIMED_OUT'
      ? [
          {
            where: 'url',
            message: `A call with 'x-deadline-ms: 1' hung for ${waitMs} ms.`,
            mend: 'Stop working for a call when its time is over, and answer with what there is or with an error.',
          },
        ]
      : []),
    ...(answer.outcome === 'ANSWERED'
      ? []
      : [
          {
            where: 'url',
            message: `A call to the service ${tellFailure(answer, waitMs)}.`,
            mend: `Answer within ${waitMs} ms: the gateway waits no longer, and goes on without you.`,
          },
        ]),
  ]
}
