import type { DocumentNode, GraphQLError } from 'graphql'
import type { KnownIdentity } from '../quarantine/known-identity.ts'

/**
 * The border of this folder: a document and variables go in; data, errors and what every source did
 * come out, for any Federation 2 supergraph. Nothing here knows of patients.
 */
export interface FederatedRequest {
  /** A valid document of the supergraph's API schema. */
  readonly document: DocumentNode
  /** Equal for equal documents: the key of its query plan. */
  readonly documentKey: string
  readonly operationName?: string
  readonly variables: Readonly<Record<string, unknown>>
  readonly call: CallContext
}

/** What a request lends to the calls made for it. */
export interface CallContext {
  /** Ends every call: the client went away. */
  readonly signal: AbortSignal
  /** When the whole request has to be answered, by `performance.now()`. */
  readonly deadlineAt: number
  /** Resolves once the calls may be made; breaks when none may be. */
  readonly permitted: Promise<void>
  /**
   * Headers that a call to a source carries, its authorisation among them; made before it is known
   * whether the call may be.
   */
  headers(call: {
    readonly source: string
    readonly representations: readonly Representation[]
  }): Record<string, string>
  /** Entities that may not share a call stand in different groups; one group when left out. */
  groupOf?(representation: Representation): string
  /** Whom an entity should be about; undefined where it is about nobody who is known. */
  identityOf?(representation: Representation): KnownIdentity | undefined
  /** Whether the source has said elsewhere that it knows an entity: then it is not to be null. */
  isKnown?(representation: Representation): boolean
  /** By which the log names the request. */
  readonly requestId?: string
  /** Handed to subgraphs that run in this process. */
  readonly local: unknown
}

/** A federated entity as it is asked for: its type and its key. */
export type Representation = Readonly<Record<string, unknown>>

export interface FederatedResult {
  readonly data: Record<string, unknown> | null
  readonly errors: readonly GraphQLError[]
  /** One for every call to a source, in the order of their ends. */
  readonly calls: readonly SourceCall[]
}

/** How a call ended; NO_ENTITY: it was answered, and the source knows nothing of what it was asked for. */
export type CallOutcome =
  | 'ANSWERED'
  | 'INCOMPLETE'
  | 'NO_ENTITY'
  | 'TIMED_OUT'
  | 'FAILED'
  | 'NOT_ASKED'
  | 'QUARANTINED'
  | 'IDENTITY_UNCONFIRMED'

/** What one call to one source came to. */
export interface SourceCall {
  readonly source: string
  /** Where in the answer the call's data belong; `@` stands for every place of a list. */
  readonly path: readonly (string | number)[]
  /** Of the entities that it asked for, as the request's `groupOf` has it; left out where there are none. */
  readonly group?: string
  readonly outcome: CallOutcome
  readonly latencyMs: number
}

/** Executes operations over a supergraph. */
export interface FederatedExecutor {
  execute(request: FederatedRequest): Promise<FederatedResult>
  /**
   * Plans an operation, so that the first one who asks it need not wait for that.
   *
   * @throws GraphQLError for a document that the schema does not know
   */
  prepare(operation: Pick<FederatedRequest, 'document' | 'documentKey' | 'operationName'>): void
  close(): Promise<void>
}
