import type { Participant } from '../../subgraphs/kit/participant.ts'
import { readContract } from '../../subgraphs/kit/schema/contract.ts'
import { participantSdl } from '../../subgraphs/kit/schema/participant-sdl.ts'

/** The schema that a participant publishes, in GraphQL SDL: the contract, and what it adds to it. */
export async function publishedSchema(participant: Participant): Promise<string> {
  return participantSdl(participant, await readContract())
}
