import type { Clock } from '../clock.ts'
import type { Participant } from '../participant.ts'
import type { RecordSource, ServiceState } from '../record-source.ts'
import { sharesOf } from '../shares.ts'

/** How long the counts of a service's state are good. */
const COUNTS_MS = 30_000

/** Resolvers of a participant's own type: who it is, and the state of its service. */
export function participantResolvers(
  participant: Participant,
  readState: () => Promise<ServiceState>,
) {
  const { code, name, kind, participation, organisations, complaints, subjectAccess } = participant
  const shares = sharesOf(participant)
  const self = { code, name, kind, participation, shares, organisations, complaints, subjectAccess }
  return {
    __resolveReference: (reference: { code?: unknown }) =>
      reference.code === code ? { ...self } : null,
    service: readState,
  }
}

/** Reads the state of the service, counting at most twice a minute. */
export function createServiceState(
  source: RecordSource,
  clock: Clock,
): () => Promise<ServiceState> {
  let state: Promise<ServiceState> | null = null
  let goodUntil = 0
  return () => {
    if (!state || clock().getTime() >= goodUntil) {
      goodUntil = clock().getTime() + COUNTS_MS
      state = source.countService()
      state.catch(() => {
        goodUntil = 0
      })
    }
    return state
  }
}
