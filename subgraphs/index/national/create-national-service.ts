import { Agent } from 'undici'
import type { ClientCredentials } from '../../kit/client-credentials/credentials.ts'
import { createTokenSource } from '../../kit/client-credentials/token-source.ts'
import { type Clock, systemClock } from '../../kit/clock.ts'
import { isNhsNumber } from '../../kit/fhir/nhs-number.ts'
import { readServerBase } from '../../kit/fhir-server/http/server-base.ts'
import type { Organisation } from '../../kit/participant.ts'
import { unlessAborted } from '../../kit/unless-aborted.ts'
import { createPdsClient, type PdsClient } from './ask-pds.ts'
import { AwayError } from './away-error.ts'
import type { AwayCode, NationalAnswer, NationalService } from './national-answer.ts'
import { readPatient } from './read-patient.ts'
import { Rest } from './rest.ts'

/** How the national service is reached. */
export interface NationalOptions {
  /** `https://api.service.nhs.uk/personal-demographics/FHIR/R4` */
  readonly baseUrl: string
  readonly auth: ClientCredentials
  /** How long one answer may take, tokens included. */
  readonly timeoutMs: number
}

/**
 * The PDS FHIR API, application-restricted, as the national service. Who asks about a number that is
 * being asked about waits for the same answer. docs/national-service.md
 *
 * @param parts.organisations that a practice's name is known from
 * @param parts.onAway told of each time that the service is asked and gives no answer
 * @throws when the base URL cannot be used
 */
export function createNationalService(
  options: NationalOptions,
  parts: {
    readonly organisations?: readonly Organisation[]
    readonly clock?: Clock
    readonly onAway?: (code: AwayCode) => void
  } = {},
): NationalService {
  const { organisations = [], clock = systemClock, onAway = () => {} } = parts
  const agent = new Agent({ connections: 1 })
  const tokens = createTokenSource(options.auth, { dispatcher: agent, clock })
  const client = createPdsClient(readServerBase(options.baseUrl), tokens)
  const rest = new Rest(clock)
  const pending = new Map<string, Promise<NationalAnswer>>()

  async function ask(nhsNumber: string): Promise<NationalAnswer> {
    // It would stand in a URL, and the service would only say the same.
    if (!isNhsNumber(nhsNumber)) return { outcome: 'UNKNOWN' }
    if (!rest.mayAsk()) return { outcome: 'AWAY', code: 'RESTING' }
    const answer = await askOnce(client, nhsNumber, { ...options, clock, organisations })
    const code = answer.outcome === 'AWAY' ? answer.code : null
    // An answer that is not understood came in time, and may be so for one patient alone.
    if (code === null || code === 'NOT_UNDERSTOOD') rest.succeeded()
    else rest.failed()
    if (code !== null) onAway(code)
    return answer
  }

  return {
    find(nhsNumber, signal) {
      const asked =
        pending.get(nhsNumber) ?? ask(nhsNumber).finally(() => pending.delete(nhsNumber))
      pending.set(nhsNumber, asked)
      return unlessAborted(asked, signal)
    },
    async close() {
      await Promise.all([client.close(), agent.destroy()])
    },
  }
}

async function askOnce(
  client: PdsClient,
  nhsNumber: string,
  {
    timeoutMs,
    clock,
    organisations,
  }: {
    readonly timeoutMs: number
    readonly clock: Clock
    readonly organisations: readonly Organisation[]
  },
): Promise<NationalAnswer> {
  try {
    const reply = await client.ask(nhsNumber, AbortSignal.timeout(timeoutMs))
    if (reply.kind === 'NOBODY') return { outcome: 'UNKNOWN' }
    const { body, isSurelyOurs } = reply
    const reading = { asked: nhsNumber, isSurelyOurs, now: clock(), organisations }
    return readPatient(body, reading) ?? { outcome: 'AWAY', code: 'NOT_UNDERSTOOD' }
  } catch (error) {
    // What else is thrown comes of a resource that is none.
    return { outcome: 'AWAY', code: error instanceof AwayError ? error.code : 'NOT_UNDERSTOOD' }
  }
}
