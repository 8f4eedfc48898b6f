import { type Kysely, sql } from 'kysely'
import type { Clock } from '../clock.ts'
import type { Participant } from '../participant.ts'
import { isHeld } from '../reading/read-slices.ts'
import type { ParticipantDatabase } from '../store/tables.ts'

/** How long the counts of a service's state are good. */
const COUNTS_MS = 30_000

/** Above this many entries, counting takes longer than the answer is worth: PostgreSQL estimates. */
const COUNTED_UP_TO = 1_000_000

/** The state of a participant's service in the contract's shape. */
export interface ServiceState {
  readonly status: 'UP'
  readonly asOf: string | null
  readonly patients: number
  readonly items: number
}

/** Resolvers of a participant's own type: who it is, and the state of its service. */
export function participantResolvers(
  participant: Participant,
  readState: () => Promise<ServiceState>,
) {
  const { code, name, kind, participation, organisations, complaints, subjectAccess } = participant
  const self = { code, name, kind, participation, organisations, complaints, subjectAccess }
  return {
    __resolveReference: (reference: { code?: unknown }) =>
      reference.code === code ? { ...self } : null,
    service: readState,
  }
}

/** Reads the state of the service, counting at most twice a minute. */
export function createServiceState(
  db: Kysely<ParticipantDatabase>,
  clock: Clock,
): () => Promise<ServiceState> {
  let state: Promise<ServiceState> | null = null
  let goodUntil = 0
  return () => {
    if (!state || clock().getTime() >= goodUntil) {
      goodUntil = clock().getTime() + COUNTS_MS
      state = countService(db)
      state.catch(() => {
        goodUntil = 0
      })
    }
    return state
  }
}

async function countService(db: Kysely<ParticipantDatabase>): Promise<ServiceState> {
  const { rows } = await sql<{ as_of: Date | null; patients: string; items: string }>`
    select
      (select max(as_of) from patient) as as_of,
      (select count(*) from patient where ${isHeld}) as patients,
      case when estimate.items > ${COUNTED_UP_TO} then estimate.items
        else (select count(*) from item where not is_restricted and not is_none_known) end as items
    from (select reltuples::bigint as items from pg_class where oid = 'item'::regclass) as estimate
  `.execute(db)
  const [row] = rows
  return {
    status: 'UP',
    asOf: row?.as_of?.toISOString() ?? null,
    patients: Number(row?.patients ?? 0),
    items: Number(row?.items ?? 0),
  }
}
