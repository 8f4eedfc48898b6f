import type { Holder, Located } from '../subgraphs/index/locate.ts'
import type { Participant } from '../subgraphs/kit/participant.ts'
import { isContributor } from '../subgraphs/kit/schema/participant-sdl.ts'
import { notSharedBy } from '../subgraphs/kit/shares.ts'
import type { FederatedResult, SourceCall } from './federation/types.ts'
import type { ReadOperation } from './operation/read-operation.ts'
import type { DecidedPatients } from './patients.ts'
import { type PatientRecord, patientsIn } from './record/patients.ts'
import { recordKey } from './record/record-key.ts'
import type { RewrittenOperation } from './record/rewrite.ts'
import { isMerged, type SourceAnswer } from './record/sources.ts'
import { timelineSection } from './record/timeline/names.ts'

/** What every participant did for each patient of a request, by the patient's response key. */
export function sourcesOf(came: {
  readonly participants: readonly Participant[]
  readonly plan: RewrittenOperation
  readonly read: ReadOperation
  readonly patients: DecidedPatients
  readonly result: FederatedResult
}): Map<string, readonly SourceAnswer[]> {
  const { participants, plan, read, patients, result } = came
  const answered = patientsIn(plan, result.data, read.variables)
  return new Map(
    [...patients.open].map(([key, { located }]) => {
      const records = answered.find(({ path }) => path === key)?.records ?? []
      return [
        key,
        reportSources({ participants, located, calls: result.calls, key, records }),
      ] as const
    }),
  )
}

/** Every participant with what it did for one patient of a request, in the order of their codes. */
function reportSources(asked: {
  readonly participants: readonly Participant[]
  readonly located: Located
  readonly calls: readonly SourceCall[]
  /** The response key of the patient. */
  readonly key: string
  /** The records that came, as far as they were asked for to be merged. */
  readonly records: readonly PatientRecord[]
}): SourceAnswer[] {
  return asked.participants.map((participant) => {
    const { code, name, kind } = participant
    const holders = asked.located.holders.filter((holder) => holder.participant === code)
    const calls = asked.calls.filter(({ source, path }) => source === code && path[0] === asked.key)
    const records = asked.records.filter((record) => record.participant === code)
    const lastHeard = asked.located.feeds.get(code) ?? null
    const report = isContributor(participant)
      ? reportOf({ holders, calls, records, lastHeard })
      : ({ outcome: 'NOT_A_CONTRIBUTOR', asOf: null, latencyMs: null } as const)
    return { participant: { code, name, kind }, ...report, notShared: notSharedOf(participant) }
  })
}

/** As long as the participant's description is in force. */
const notShared = new WeakMap<Participant, readonly string[]>()

/** The same for every patient, and so worked out once. */
function notSharedOf(participant: Participant): readonly string[] {
  const known = notShared.get(participant)
  if (known) return known
  const sections = isContributor(participant) ? notSharedBy(participant).map(timelineSection) : []
  notShared.set(participant, sections)
  return sections
}

type Report = Omit<SourceAnswer, 'participant' | 'notShared'>

function reportOf(source: {
  readonly holders: readonly Holder[]
  readonly calls: readonly SourceCall[]
  readonly records: readonly PatientRecord[]
  readonly lastHeard: Date | null
}): Report {
  const { holders, calls, records, lastHeard } = source
  const heard = lastHeard?.toISOString() ?? null
  if (holders.length === 0) return { outcome: 'NO_RECORD', asOf: heard, latencyMs: null }
  const asOf = latest(holders.map((holder) => holder.asOf?.toISOString() ?? null))
  if (calls.length === 0) return { outcome: 'NOT_ASKED', asOf, latencyMs: null }
  const latencyMs = Math.round(Math.max(...calls.map((call) => call.latencyMs)))
  const servers = outcomesByServer(holders, calls)
  const isMixed = [...servers.values()].some(isMerged) && ![...servers.values()].every(isMerged)
  const outcome = isMixed ? 'INCOMPLETE' : worstOf(calls)
  // It was asked because its feed has been silent.
  if (outcome === 'NO_ENTITY') return { outcome: 'NO_RECORD', asOf: heard, latencyMs }
  // What it says of itself is believed no more than the record.
  if (outcome === 'QUARANTINED') return { outcome, asOf: null, latencyMs }
  const changed = latest(records.map((record) => record.asOf)) ?? asOf
  return { outcome, asOf: changed, latencyMs, ...(servers.size > 0 && { servers }) }
}

/** What came of each server of a source that stands for itself. */
function outcomesByServer(holders: readonly Holder[], calls: readonly SourceCall[]) {
  const apart = holders.filter(({ server }) => server !== null)
  return new Map(
    apart.map((holder) => {
      const group = recordKey(holder)
      const outcome = worstOf(calls.filter((call) => call.group === group))
      return [group, outcome === 'NO_ENTITY' ? 'NO_RECORD' : outcome] as const
    }),
  )
}

/** What must not be overlooked comes first; a source holds nothing when no call found anything. */
const WORST_FIRST: readonly SourceCall['outcome'][] = [
  'QUARANTINED',
  'IDENTITY_UNCONFIRMED',
  'FAILED',
  'TIMED_OUT',
  'NOT_ASKED',
  'INCOMPLETE',
  'ANSWERED',
  'NO_ENTITY',
]

function worstOf(calls: readonly SourceCall[]): SourceCall['outcome'] {
  const outcomes = new Set(calls.map(({ outcome }) => outcome))
  return WORST_FIRST.find((outcome) => outcomes.has(outcome)) ?? 'FAILED'
}

function latest(times: readonly (string | null)[]): string | null {
  return (
    times
      .filter((time) => time !== null)
      .sort()
      .at(-1) ?? null
  )
}

/** The sources of every patient of an answer, so that no client can leave them out. */
export function sourcesExtension(sources: ReadonlyMap<string, readonly SourceAnswer[]>): object[] {
  return [...sources].flatMap(([key, answers]) =>
    answers.map(({ servers: _servers, notShared, ...answer }) => ({
      ...{ path: [key], ...answer },
      ...(notShared.length > 0 && { notShared }),
    })),
  )
}
