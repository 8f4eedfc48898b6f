import { composeServices } from '@apollo/composition'
import { parse } from 'graphql'
import type { Participation } from '../../subgraphs/kit/generated/contract.ts'
import { participationProblems } from './participation.ts'

/** A subgraph as it is composed. */
export interface PublishedSubgraph {
  readonly name: string
  /** Where a router without settings of its own finds it. */
  readonly url: string
  readonly sdl: string
  /** How the participant takes part; undefined for what is no participant's. */
  readonly participation?: Participation
}

/** Raised when subgraphs do not fit together; `problems` says how, one sentence each. */
class CompositionError extends Error {
  readonly code = 'COMPOSITION_FAILED'
  readonly problems: readonly string[]

  constructor(problems: readonly string[]) {
    super(
      `The subgraphs do not compose:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`,
    )
    this.problems = problems
  }
}

/**
 * Composes subgraphs into one Federation 2 supergraph: the same text for the same subgraphs, in
 * whatever order they come.
 *
 * @throws CompositionError when they do not fit together, or one publishes what it may not
 */
export function composeSupergraph(subgraphs: readonly PublishedSubgraph[]): string {
  const inOrder = [...subgraphs].sort((a, b) => (a.name < b.name ? -1 : 1))
  const services = inOrder.map(({ name, url, sdl }) => ({ name, url, typeDefs: parse(sdl) }))
  const problems = inOrder.flatMap(({ name, participation }, place) => {
    const document = services[place]?.typeDefs
    return participation && document ? participationProblems(name, participation, document) : []
  })
  if (problems.length > 0) throw new CompositionError(problems)
  const result = composeServices(services)
  if (result.errors) throw new CompositionError(result.errors.map(({ message }) => message))
  return `${result.supergraphSdl.trimEnd()}\n`
}
