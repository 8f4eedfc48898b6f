import type { DocumentNode } from 'graphql'
import type { ParticipantDescription } from '../../../subgraphs/kit/participant-description.ts'

/** What a participant brings into the graph. */
export interface Publication {
  readonly participant: ParticipantDescription
  /** The schema that its subgraph publishes. */
  readonly sdl: string
  /** Where its GraphQL endpoint is. */
  readonly url: string
}

/** A publication that parses, beside everybody else's. */
export interface Candidate {
  readonly publication: Publication
  /** Its schema, with the places of everything in the text. */
  readonly document: DocumentNode
  /** What all other members publish. */
  readonly others: readonly Publication[]
  readonly contract: DocumentNode
}
