import { loadSupergraph } from '../checks/schema/load-supergraph.ts'
import { compareSchemas, type SchemaChange } from './compare-schemas.ts'

/** Two supergraphs, one after the other. */
export interface SupergraphPair {
  readonly before: string
  readonly after: string
}

/** What changed for clients within each pair. It takes a second for each and blocks. */
export function compareSupergraphs(pairs: readonly SupergraphPair[]): SchemaChange[][] {
  return pairs.map(({ before, after }) =>
    compareSchemas(loadSupergraph(before).publicSchema, loadSupergraph(after).publicSchema),
  )
}
