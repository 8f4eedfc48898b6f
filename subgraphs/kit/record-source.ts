import type { ObjectionState } from './fhir/objection.ts'
import type { FhirResource } from './fhir/resource.ts'
import type { RecordReader } from './reading/record-reader.ts'
import type { RecordKey } from './reading/slice.ts'

/**
 * Where a participant's records come from: its own store (`reading/store-source.ts`), or a FHIR server
 * where they stay (`fhir-server/fhir-source.ts`). Schema, rules and everything else are the same.
 */
export interface RecordSource {
  /** What the resolvers of one request read with. */
  begin(request: SourceRequest): SourceReading
  /** Counts the patients and entries; may take longer than an answer is worth, so it is asked rarely. */
  countService(): Promise<ServiceState>
  /** @throws when the source does not answer as it should */
  checkReadiness(): Promise<void>
  /** Lets go of every connection. */
  close(): Promise<void>
}

/** One request as a source sees it. */
export interface SourceRequest {
  /** Ends with the caller's time: then nothing is asked any more, and what is under way is stopped. */
  readonly signal: AbortSignal
  /** Told of the section of entries that should have been hidden before, and how many they are. */
  onExcluded(section: string, entries: number): void
}

/** Reads for one request: what is asked twice is read once. */
export interface SourceReading extends RecordReader {
  /** Resources of one type as they came in, the one last taken in first. */
  findResources(record: RecordKey, type: string): Promise<FhirResource[]>
  /**
   * The patients that changed after a cursor, each as it is now.
   *
   * @throws BAD_USER_INPUT, naming the argument, when one cannot be used
   */
  readFeed(page: FeedArguments): Promise<PatientFeed>
}

/** The state of a participant's service in the contract's shape; null for what is not known. */
export interface ServiceState {
  readonly status: 'UP'
  readonly asOf: string | null
  readonly patients: number | null
  readonly items: number | null
}

/** The feed's arguments as GraphQL hands them over. */
export interface FeedArguments {
  readonly after?: unknown
  readonly first?: unknown
}

/** A page of the feed in the published shape. */
export interface PatientFeed {
  readonly changes: readonly PatientChange[]
  readonly cursor: string | null
  readonly hasMore: boolean
}

/** A patient as the feed tells of them. */
export interface PatientChange {
  readonly nhsNumber: string
  readonly demographics: object
  readonly holdsRecord: boolean
  readonly isSensitive: boolean
  readonly supersededBy: string | null
  /** NHS numbers that this one replaced. */
  readonly supersedes: readonly string[]
  readonly asOf: string
  readonly objection: ObjectionState | null
  readonly relationships: readonly object[]
  /** Each server for itself, where they may have different people under the number. */
  readonly servers: readonly ServerChange[]
}

/** A patient as the feed tells of them for one server of the participant. */
export interface ServerChange
  extends Pick<
    PatientChange,
    'demographics' | 'holdsRecord' | 'isSensitive' | 'supersededBy' | 'supersedes'
  > {
  readonly server: string
}
