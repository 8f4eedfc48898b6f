import { readContract } from '../../subgraphs/kit/schema/contract.ts'
import { builtInMembers } from './built-in-members.ts'
import { composeMembers, ownSubgraphs } from './compose-members.ts'

/**
 * Every file that is made from the contract and the participants, by its path in the project: each
 * participant's `schema.graphql`, the index's and governance's, and `supergraph.graphql`.
 *
 * @throws CompositionError when the subgraphs do not fit together
 */
export async function publishedFiles(): Promise<Map<string, string>> {
  const contract = await readContract()
  const members = await builtInMembers(contract)
  const participants = members.map(({ participant }) => participant)
  const [index, governance] = ownSubgraphs(participants, contract)
  return new Map([
    ...members.map(
      ({ participant, sdl }) => [`subgraphs/${participant.code}/schema.graphql`, sdl] as const,
    ),
    [`subgraphs/${index.name}/schema.graphql`, index.sdl] as const,
    ['gateway/governance/schema.graphql', governance.sdl] as const,
    ['supergraph.graphql', composeMembers(members, contract)] as const,
  ])
}
