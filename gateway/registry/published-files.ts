import { readContract } from '../../subgraphs/kit/schema/contract.ts'
import { publicSdl } from '../reference/public-sdl.ts'
import { builtInMembers } from './built-in-members.ts'
import { loadSupergraph } from './checks/schema/load-supergraph.ts'
import { composeMembers } from './compose-members.ts'
import { ownSubgraphs } from './own-subgraphs.ts'

/**
 * Every file that is made from the contract and the participants, by its path in the project: each
 * participant's `schema.graphql`, the index's and governance's, `supergraph.graphql`, and what clients see of it,
 * `docs/schema.graphql`.
 *
 * @throws CompositionError when the subgraphs do not fit together
 */
export async function publishedFiles(): Promise<Map<string, string>> {
  const contract = await readContract()
  const members = await builtInMembers(contract)
  const participants = members.map(({ participant }) => participant)
  const [index, governance] = ownSubgraphs(participants, contract)
  const supergraph = composeMembers(members, contract)
  return new Map([
    ...members.map(
      ({ participant, sdl }) => [`subgraphs/${participant.code}/schema.graphql`, sdl] as const,
    ),
    [`subgraphs/${index.name}/schema.graphql`, index.sdl] as const,
    ['gateway/governance/schema.graphql', governance.sdl] as const,
    ['supergraph.graphql', supergraph] as const,
    ['docs/schema.graphql', publicSdl(loadSupergraph(supergraph).publicSchema)] as const,
  ])
}
