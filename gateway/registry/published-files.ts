import { indexSdl } from '../../subgraphs/index/index-sdl.ts'
import { findParticipants } from '../../subgraphs/kit/find-participants.ts'
import { readContract } from '../../subgraphs/kit/schema/contract.ts'
import { participantSdl } from '../../subgraphs/kit/schema/participant-sdl.ts'
import { governanceSdl } from '../governance/governance-sdl.ts'
import { composeSupergraph, type PublishedSubgraph } from './compose.ts'

/** The name of the index among the subgraphs. */
export const INDEX = 'index'

/** The name of governance among the subgraphs. */
export const GOVERNANCE = 'governance'

/** Where the index stands in the supergraph's file: it runs in the gateway's own process. */
const INDEX_URL = 'http://index.localhost/graphql'

/** Governance does as well. */
const GOVERNANCE_URL = 'http://governance.localhost/graphql'

/** The first participant's port in the supergraph's file; the others follow in the order of their codes. */
const FIRST_PORT = 4001

/**
 * Every file that is made from the contract and the participants, by its path in the project: each
 * participant's `schema.graphql`, the index's and governance's, and `supergraph.graphql`.
 *
 * @throws CompositionError when the subgraphs do not fit together
 */
export async function publishedFiles(): Promise<Map<string, string>> {
  const participants = await findParticipants()
  const contract = await readContract()
  const subgraphs: PublishedSubgraph[] = participants.map((participant, place) => ({
    name: participant.code,
    url: `http://127.0.0.1:${FIRST_PORT + place}/graphql`,
    sdl: participantSdl(participant, contract),
    participation: participant.participation,
  }))
  const index = { name: INDEX, url: INDEX_URL, sdl: indexSdl(participants, contract) }
  const governance = { name: GOVERNANCE, url: GOVERNANCE_URL, sdl: governanceSdl(contract) }
  return new Map([
    ...[...subgraphs, index].map(
      ({ name, sdl }) => [`subgraphs/${name}/schema.graphql`, sdl] as const,
    ),
    ['gateway/governance/schema.graphql', governance.sdl] as const,
    ['supergraph.graphql', composeSupergraph([...subgraphs, index, governance])] as const,
  ])
}
