import type { DocumentNode } from 'graphql'
import { composeSupergraph } from './compose.ts'
import type { Member } from './member.ts'
import { ownSubgraphs } from './own-subgraphs.ts'

/**
 * Composes members with the index, which is made for them, and governance into one supergraph.
 *
 * @throws CompositionError when they do not fit together
 */
export function composeMembers(members: readonly Member[], contract: DocumentNode): string {
  const participants = members.map(({ participant }) => participant)
  return composeSupergraph([
    ...members.map(({ participant, sdl, url }) => ({
      name: participant.code,
      url,
      sdl,
      participation: participant.participation,
    })),
    ...ownSubgraphs(participants, contract),
  ])
}
