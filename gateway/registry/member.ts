import type { Participant } from '../../subgraphs/kit/participant.ts'

/** A participant with the subgraph that it publishes. */
export interface Member {
  readonly participant: Participant
  readonly sdl: string
  /** `http(s)://host:port/path` of its GraphQL endpoint. */
  readonly url: string
}
