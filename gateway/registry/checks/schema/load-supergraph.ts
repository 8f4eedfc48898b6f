import { Supergraph } from '@apollo/federation-internals'
import type { GraphQLSchema } from 'graphql'
import { LRUCache } from 'lru-cache'
import { extendWithMergedRecord } from '../../../record/public-schema.ts'

/** A supergraph with what clients see of it. */
export interface LoadedSupergraph {
  readonly supergraph: Supergraph
  readonly publicSchema: GraphQLSchema
}

const loaded = new LRUCache<string, LoadedSupergraph>({ max: 2 })

/**
 * Loads a supergraph for comparing; the one in force is kept, since it is compared with again.
 *
 * @throws Error when no merged record can be made of its contract
 */
export function loadSupergraph(sdl: string): LoadedSupergraph {
  const known = loaded.get(sdl)
  if (known) return known
  const supergraph = Supergraph.build(sdl, { validateSupergraph: false })
  const publicSchema = extendWithMergedRecord(supergraph.apiSchema().toGraphQLJSSchema())
  const made = { supergraph, publicSchema }
  loaded.set(sdl, made)
  return made
}
