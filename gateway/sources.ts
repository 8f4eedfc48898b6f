import type { Located } from '../subgraphs/index/locate.ts'
import type { Participant } from '../subgraphs/kit/participant.ts'
import { isContributor } from '../subgraphs/kit/schema/participant-sdl.ts'
import type { SourceCall } from './federation/types.ts'

/** What came of asking a participant about a patient: the schema's `Source`. */
export interface SourceReport {
  readonly participant: Pick<Participant, 'code' | 'name' | 'kind'>
  readonly outcome:
    | 'ANSWERED'
    | 'NO_RECORD'
    | 'TIMED_OUT'
    | 'FAILED'
    | 'NOT_ASKED'
    | 'QUARANTINED'
    | 'NOT_A_CONTRIBUTOR'
  /** ISO 8601. */
  readonly asOf: string | null
  readonly latencyMs: number | null
}

/** Every participant with what it did for one patient of a request, in the order of their codes. */
export function reportSources(options: {
  readonly participants: readonly Participant[]
  readonly located: Located
  readonly calls: readonly SourceCall[]
  /** The response key of the patient. */
  readonly key: string
}): SourceReport[] {
  return options.participants.map((participant) => {
    const { code, name, kind } = participant
    const calls = options.calls.filter(
      ({ source, path }) => source === code && path[0] === options.key,
    )
    return { participant: { code, name, kind }, ...reportOf(participant, options.located, calls) }
  })
}

function reportOf(
  participant: Participant,
  located: Located,
  calls: readonly SourceCall[],
): Pick<SourceReport, 'outcome' | 'asOf' | 'latencyMs'> {
  if (!isContributor(participant))
    return { outcome: 'NOT_A_CONTRIBUTOR', asOf: null, latencyMs: null }
  const holding = located.holders.filter((holder) => holder.participant === participant.code)
  if (holding.length === 0) {
    const asOf = located.feeds.get(participant.code)?.toISOString() ?? null
    return { outcome: 'NO_RECORD', asOf, latencyMs: null }
  }
  const asOf =
    holding
      .map((holder) => holder.asOf.toISOString())
      .sort()
      .at(-1) ?? null
  if (calls.length === 0) return { outcome: 'NOT_ASKED', asOf, latencyMs: null }
  const latencyMs = Math.round(Math.max(...calls.map((call) => call.latencyMs)))
  return { outcome: worstOf(calls), asOf, latencyMs }
}

function worstOf(calls: readonly SourceCall[]): SourceCall['outcome'] {
  if (calls.some(({ outcome }) => outcome === 'FAILED')) return 'FAILED'
  return calls.some(({ outcome }) => outcome === 'TIMED_OUT') ? 'TIMED_OUT' : 'ANSWERED'
}
