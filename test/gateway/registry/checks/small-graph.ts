import { print } from 'graphql'
import type { Publication } from '../../../../gateway/registry/checks/publication.ts'
import { composeMembers } from '../../../../gateway/registry/compose-members.ts'
import { participant as hpft } from '../../../../subgraphs/hpft/participant.ts'
import type { Participant } from '../../../../subgraphs/kit/participant.ts'
import { readContract } from '../../../../subgraphs/kit/schema/contract.ts'
import { participantSdl } from '../../../../subgraphs/kit/schema/participant-sdl.ts'
import { participant as nel } from '../../../../subgraphs/nel/participant.ts'
import { participant as swl } from '../../../../subgraphs/swl/participant.ts'

/** A graph of three: one who contributes, one who publishes more than the contract, one who only views. */
export async function smallGraph() {
  const contract = await readContract()
  const members = new Map(
    [hpft, nel, swl].map((participant) => [participant.code, publicationOf(participant)] as const),
  )
  function publicationOf({ extension, ...participant }: Participant): Publication {
    const sdl = participantSdl({ ...participant, ...(extension && { extension }) }, contract)
    return { participant, sdl, url: `http://${participant.code}.invalid/graphql` }
  }
  return {
    contract,
    contractSdl: print(contract),
    supergraphSdl: composeMembers([...members.values()], contract),
    /** What a participant publishes. */
    of(code: string): Publication {
      const publication = members.get(code)
      if (!publication) throw new Error(`There is no ${code} in this graph`)
      return publication
    },
    /** What all others publish. */
    except: (code: string) =>
      [...members.values()].filter(({ participant }) => participant.code !== code),
  }
}

/** The small graph. */
export type SmallGraph = Awaited<ReturnType<typeof smallGraph>>
