import { Agent } from 'undici'
import { createTokenSource } from '../client-credentials/token-source.ts'
import { type Clock, systemClock } from '../clock.ts'
import type { ExclusionLists } from '../exclusions/exclusion-lists.ts'
import { createJudging } from '../load/exclude/judging.ts'
import type { Participant } from '../participant.ts'
import type { RecordSource, ServiceState } from '../record-source.ts'
import { beginReading } from './fhir-reading.ts'
import { type Asking, createFhirClient, type FhirClient } from './http/fhir-client.ts'
import { readServerBase } from './http/server-base.ts'
import { Spending } from './http/spending.ts'
import { type FhirServerLimits, type FhirServerOptions, usualLimits } from './options.ts'
import { newestUpdate } from './record/read-patients.ts'

/** How long the server may take to say that it is there. */
const READY_TIMEOUT_MS = 2_000

/** How long it may take to count. */
const COUNT_TIMEOUT_MS = 5_000

/**
 * A FHIR R4 server as the source of a participant's records: they stay there, and nothing is kept
 * beyond a request. docs/decisions/0014-records-that-stay-in-a-fhir-server.md
 *
 * @throws when the base URL cannot be used
 */
export function createFhirSource(given: {
  readonly fhir: FhirServerOptions
  readonly participant: Participant
  readonly lists: ExclusionLists
  readonly clock: Clock | undefined
}): RecordSource {
  const { fhir, participant, lists, clock = systemClock } = given
  const limits = { ...usualLimits, ...fhir.limits }
  const base = readServerBase(fhir.baseUrl)
  const agent = new Agent({ connections: 1 })
  const tokens = fhir.auth ? createTokenSource(fhir.auth, { dispatcher: agent, clock }) : null
  const client = createFhirClient(base, limits, tokens)
  const parts = { client, base, limits, participant, judging: createJudging(lists), clock }
  return {
    begin: (request) => beginReading(parts, request),
    countService: () => countService(client, limits),
    async checkReadiness() {
      await client.count('Patient', askingFor(READY_TIMEOUT_MS, limits))
    },
    async close() {
      await Promise.all([client.close(), agent.destroy()])
    },
  }
}

/** Entries are not counted: that would take reading and judging every record. */
async function countService(client: FhirClient, limits: FhirServerLimits): Promise<ServiceState> {
  const asking = askingFor(COUNT_TIMEOUT_MS, limits)
  const patients = await client.count('Patient', asking)
  const newest = client.pages('Patient', { _sort: '-_lastUpdated', _count: '1' }, asking)
  const { value: page } = await newest.next()
  const asOf = page ? newestUpdate(page) : null
  return { status: 'UP', asOf: asOf?.toISOString() ?? null, patients, items: null }
}

function askingFor(timeoutMs: number, limits: FhirServerLimits): Asking {
  return { signal: AbortSignal.timeout(timeoutMs), spending: new Spending(limits) }
}
