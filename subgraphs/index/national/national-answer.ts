import type { Demographics } from '../../kit/generated/contract.ts'

/** The general practice where somebody is registered now, as the national service knows. */
export interface Registration {
  readonly odsCode: string
  /** Null where the service does not say. */
  readonly startsAt: Date | null
}

/** Somebody whom the national service knows. */
export interface NationallyKnown {
  readonly outcome: 'KNOWN'
  /** The number in force: another than the one asked about where that one was superseded. */
  readonly nhsNumber: string
  /** Of a sensitive patient without anything that gives a location: the service gives none. */
  readonly demographics: Demographics
  /** S-flagged, or labelled in a way that nobody here knows. */
  readonly isSensitive: boolean
  /** Null where none is current, and for every sensitive patient. */
  readonly practice: Registration | null
}

/** Nobody has this number, or it was taken out of use without another in its place. */
export interface NationallyUnknown {
  readonly outcome: 'UNKNOWN'
}

/** Why the national service says nothing at present. */
export type AwayCode =
  | 'TIMED_OUT'
  /** The connection could not be made, or broke. */
  | 'UNREACHABLE'
  /** It does not let us in: the client id, the key, or what the application may ask. */
  | 'REFUSED'
  /** It asks to be asked less often. */
  | 'BUSY'
  | 'FAILED'
  /** Its answer is not one of the API, or not to what was asked. */
  | 'NOT_UNDERSTOOD'
  /** It failed again and again, and is left alone for a while. */
  | 'RESTING'

/** The national service says nothing: neither that somebody is known nor that nobody is. */
export interface NationallyAway {
  readonly outcome: 'AWAY'
  readonly code: AwayCode
}

/** What the national service says of one NHS number. */
export type NationalAnswer = NationallyKnown | NationallyUnknown | NationallyAway

/** The national demographics service, as the index sees it. */
export interface NationalService {
  /**
   * Who has this NHS number. Whatever the service does is an answer, within a time of its own.
   *
   * @param nhsNumber checked and without spaces
   * @param signal ends the waiting, and rejects with its reason
   */
  find(nhsNumber: string, signal: AbortSignal): Promise<NationalAnswer>
  close(): Promise<void>
}
