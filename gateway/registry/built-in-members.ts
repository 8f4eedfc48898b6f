import type { DocumentNode } from 'graphql'
import { findParticipants } from '../../subgraphs/kit/find-participants.ts'
import { participantSdl } from '../../subgraphs/kit/schema/participant-sdl.ts'
import type { Member } from './member.ts'

/** The first participant's port in the supergraph's file; the others follow in the order of their codes. */
const FIRST_PORT = 4001

/** The participants that have a folder in this project, with the subgraphs that the kit makes of them. */
export async function builtInMembers(contract: DocumentNode): Promise<Member[]> {
  const participants = await findParticipants()
  return participants.map((participant, place) => ({
    participant,
    sdl: participantSdl(participant, contract),
    url: `http://127.0.0.1:${FIRST_PORT + place}/graphql`,
  }))
}
