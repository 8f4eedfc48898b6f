import { Agent } from 'undici'
import type { SignAssertion } from '../../federation/assertion.ts'
import { type CheckName, type CheckResult, type Finding, resultOf, skippedResult } from './check.ts'
import type { Publication } from './publication.ts'
import { checkAnswers } from './service/answers.ts'
import { createAskService } from './service/ask-service.ts'
import { checkUrl } from './service/check-url.ts'
import { checkDeadline } from './service/keeps-deadline.ts'
import { checkRefuses } from './service/refuses-unsigned.ts'
import type { ServiceUnderCheck } from './service/service-under-check.ts'
import { checkSpeaks } from './service/speaks-the-schema.ts'

/** How a service is checked. */
export interface ServiceCheckOptions {
  /** Signs as the gateway does. */
  readonly sign: SignAssertion
  /** Milliseconds for which the gateway waits for a source. */
  readonly deadlineMs: number
}

const AFTER = {
  'speaks-the-schema': checkSpeaks,
  'refuses-unsigned': checkRefuses,
  'keeps-deadline': checkDeadline,
} satisfies Partial<Record<CheckName, (service: ServiceUnderCheck) => Promise<Finding[]>>>

const NAMES = ['speaks-the-schema', 'refuses-unsigned', 'keeps-deadline'] as const

/**
 * Makes every check of a running service, about no patient. It ends within some times the deadline,
 * whatever the service does, follows it nowhere, and repeats nothing that it says.
 */
export async function checkService(
  publication: Publication,
  options: ServiceCheckOptions,
): Promise<CheckResult[]> {
  const wrong = checkUrl(publication.url)
  if (wrong.length > 0) return [resultOf('answers', wrong), ...skipAfter('The url cannot be used.')]
  const dispatcher = new Agent({
    connect: { timeout: options.deadlineMs },
    headersTimeout: 0,
    bodyTimeout: 0,
  })
  try {
    const service = await prepare(publication, options, dispatcher)
    const findings = await checkAnswers(service)
    const answers = resultOf('answers', findings)
    if (findings.length > 0)
      return [answers, ...skipAfter('The service does not answer as it should.')]
    const others = NAMES.map(async (name) => resultOf(name, await AFTER[name](service)))
    return [answers, ...(await Promise.all(others))]
  } finally {
    await dispatcher.destroy()
  }
}

async function prepare(
  { participant: { code }, sdl, url }: Publication,
  { sign, deadlineMs }: ServiceCheckOptions,
  dispatcher: Agent,
): Promise<ServiceUnderCheck> {
  const subject = {
    sub: 'lcr-gateway',
    requested_scope: 'participant.read',
    request_id: 'publication-check',
  } as const
  return {
    code,
    sdl,
    deadlineMs,
    ask: createAskService(url, dispatcher),
    assertion: sign(code, subject),
    // Nobody has this code: codes are letters and digits.
    foreignAssertion: sign(`not-${code}`, subject),
  }
}

function skipAfter(why: string): CheckResult[] {
  return NAMES.map((name) => skippedResult(name, why))
}
