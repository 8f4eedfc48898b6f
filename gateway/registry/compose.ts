import { composeServices } from '@apollo/composition'
import { type GraphQLError, parse } from 'graphql'
import type { Participation } from '../../subgraphs/kit/generated/contract.ts'
import { checkParticipation } from './checks/schema/participation.ts'

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
  const problems = subgraphs.flatMap(({ name: code, participation, sdl }) =>
    participation ? checkParticipation({ code, participation }, parse(sdl)) : [],
  )
  if (problems.length > 0) {
    throw new CompositionError(problems.map(({ message, mend }) => `${message} ${mend}`))
  }
  const composed = tryToCompose(subgraphs)
  if ('supergraphSdl' in composed) return composed.supergraphSdl
  throw new CompositionError(composed.errors.map(({ message }) => message))
}

/**
 * The same without a look at who publishes what, and with the composer's own errors, which carry its
 * codes.
 *
 * @throws GraphQLError for a schema that does not parse
 */
export function tryToCompose(
  subgraphs: readonly PublishedSubgraph[],
): { readonly supergraphSdl: string } | { readonly errors: readonly GraphQLError[] } {
  const inOrder = [...subgraphs].sort((a, b) => (a.name < b.name ? -1 : 1))
  const result = composeServices(
    inOrder.map(({ name, url, sdl }) => ({ name, url, typeDefs: parse(sdl) })),
  )
  if (result.errors) return { errors: result.errors }
  return { supergraphSdl: `${result.supergraphSdl.trimEnd()}\n` }
}
