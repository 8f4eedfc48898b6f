import type { DocumentNode } from 'graphql'
import { indexSdl } from '../../subgraphs/index/index-sdl.ts'
import type { Participant } from '../../subgraphs/kit/participant.ts'
import { governanceSdl } from '../governance/governance-sdl.ts'
import type { PublishedSubgraph } from './compose.ts'

/** The name of the index among the subgraphs. */
export const INDEX = 'index'

/** The name of governance among the subgraphs. */
export const GOVERNANCE = 'governance'

/** Where the index stands in the supergraph's file: it runs in the gateway's own process. */
const INDEX_URL = 'http://index.localhost/graphql'

/** Governance does as well. */
const GOVERNANCE_URL = 'http://governance.localhost/graphql'

/** The index of these participants and governance, which the gateway itself publishes. */
export function ownSubgraphs(
  participants: readonly Participant[],
  contract: DocumentNode,
): [index: PublishedSubgraph, governance: PublishedSubgraph] {
  const inOrder = [...participants].sort((a, b) => (a.code < b.code ? -1 : 1))
  return [
    { name: INDEX, url: INDEX_URL, sdl: indexSdl(inOrder, contract) },
    { name: GOVERNANCE, url: GOVERNANCE_URL, sdl: governanceSdl(contract) },
  ]
}
