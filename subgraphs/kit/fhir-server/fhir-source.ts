import { Agent } from 'undici'
import { createTokenSource } from '../client-credentials/token-source.ts'
import { type Clock, systemClock } from '../clock.ts'
import type { ExclusionLists } from '../exclusions/exclusion-lists.ts'
import { createJudging } from '../load/exclude/judging.ts'
import type { Participant } from '../participant.ts'
import type { RecordSource, ServiceState } from '../record-source.ts'
import { beginReading, type FhirParts } from './fhir-reading.ts'
import { type Asking, createFhirClient } from './http/fhir-client.ts'
import { readServerBase, serverKeyOf } from './http/server-base.ts'
import { Spending } from './http/spending.ts'
import { type FhirServerLimits, type FhirServerOptions, usualLimits } from './options.ts'
import { newestUpdate } from './record/read-patients.ts'

/** How long the server may take to say that it is there. */
const READY_TIMEOUT_MS = 2_000

/** How long it may take to count. */
const COUNT_TIMEOUT_MS = 5_000

/**
 * FHIR R4 servers as the source of a participant's records: they stay there, and nothing is kept
 * beyond a request. docs/decisions/0014-records-that-stay-in-a-fhir-server.md
 *
 * @param given.fhir one, or all of the participant's; the first keeps the ids that it has alone
 * @throws when a base URL cannot be used, or is given twice
 */
export function createFhirSource(given: {
  readonly fhir: FhirServerOptions | readonly FhirServerOptions[]
  readonly participant: Participant
  readonly lists: ExclusionLists
  readonly clock: Clock | undefined
}): RecordSource {
  const { fhir, participant, lists, clock = systemClock } = given
  const all = [fhir].flat()
  const bases = all.map(({ baseUrl }) => readServerBase(baseUrl))
  if (bases.length === 0 || new Set(bases.map(serverKeyOf)).size < bases.length) {
    throw new Error("Each FHIR server's base URL must be another")
  }
  const agent = new Agent({ connections: 1 })
  const judging = createJudging(lists)
  const servers = bases.map((base, index): FhirParts => {
    const { auth, limits: own } = all[index] ?? {}
    const limits = { ...usualLimits, ...own }
    const tokens = auth ? createTokenSource(auth, { dispatcher: agent, clock }) : null
    const client = createFhirClient(base, limits, tokens)
    const serverKey = index === 0 ? null : serverKeyOf(base)
    return { client, base, serverKey, limits, participant, judging, clock }
  })
  return {
    begin: (request) => beginReading(servers, request, clock),
    countService: async () => addUp(await Promise.all(servers.map(countServer))),
    async checkReadiness() {
      await Promise.all(
        servers.map(({ client, limits }) =>
          client.count('Patient', askingFor(READY_TIMEOUT_MS, limits)),
        ),
      )
    },
    async close() {
      await Promise.all([...servers.map(({ client }) => client.close()), agent.destroy()])
    },
  }
}

/** Entries are not counted: that would take reading and judging every record. */
async function countServer({ client, limits }: FhirParts): Promise<ServiceState> {
  const asking = askingFor(COUNT_TIMEOUT_MS, limits)
  const patients = await client.count('Patient', asking)
  const newest = client.pages('Patient', { _sort: '-_lastUpdated', _count: '1' }, asking)
  const { value: page } = await newest.next()
  const asOf = page ? newestUpdate(page) : null
  return { status: 'UP', asOf: asOf?.toISOString() ?? null, patients, items: null }
}

/** Somebody whom two servers know counts twice: who they are is not looked into. */
function addUp(states: readonly ServiceState[]): ServiceState {
  const patients = states.flatMap((one) => one.patients ?? [])
  return {
    status: 'UP',
    asOf:
      states
        .flatMap((one) => one.asOf ?? [])
        .sort()
        .at(-1) ?? null,
    patients: patients.length < states.length ? null : patients.reduce((sum, one) => sum + one, 0),
    items: null,
  }
}

function askingFor(timeoutMs: number, limits: FhirServerLimits): Asking {
  return { signal: AbortSignal.timeout(timeoutMs), spending: new Spending(limits) }
}
