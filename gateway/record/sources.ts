/** What came of asking a participant; the public schema describes each. */
export type SourceOutcome =
  | 'ANSWERED'
  | 'INCOMPLETE'
  | 'NO_RECORD'
  | 'TIMED_OUT'
  | 'FAILED'
  | 'NOT_ASKED'
  | 'QUARANTINED'
  | 'IDENTITY_UNCONFIRMED'
  | 'NOT_A_CONTRIBUTOR'

/** What one participant contributed: the public schema's `Source`. */
export interface SourceAnswer {
  readonly participant: {
    readonly code: string
    readonly name: string
    readonly kind: 'REGIONAL_HIE' | 'TRUST'
  }
  readonly outcome: SourceOutcome
  /** ISO 8601. */
  readonly asOf: string | null
  readonly latencyMs: number | null
  /** The sections that it shares of nobody, by the public schema's names. */
  readonly notShared: readonly string[]
  /** What came of each record of a source whose servers stand for themselves, by `recordKey`. */
  readonly servers?: ReadonlyMap<string, SourceOutcome>
}

/** Whether a record is surely the patient's, so that its entries stand among all others. */
export function isMerged(outcome: SourceOutcome): boolean {
  return outcome === 'ANSWERED' || outcome === 'INCOMPLETE'
}

/** The answers of all participants about the patient at each path, written with dots: `patient`. */
export type SourcesByPatient = ReadonlyMap<string, readonly SourceAnswer[]>
