import type { GraphQLSchema } from 'graphql'
import type { Logger } from 'pino'
import { errorCatalogue } from './errors.ts'
import { createApolloExecutor, type FederatedSource } from './federation/apollo-executor.ts'
import { createLocalSource, type LocalOptions } from './federation/local-source.ts'
import { createRemoteSource } from './federation/remote-source.ts'
import { withServiceState } from './federation/service-state.ts'
import type { FederatedExecutor } from './federation/types.ts'
import { type CheckOptions, checkedSource } from './quarantine/checked-source.ts'
import { extendWithMergedRecord } from './record/public-schema.ts'
import { GOVERNANCE, INDEX } from './registry/own-subgraphs.ts'
import type { Borrowed } from './release/source-pool.ts'

/** The supergraph with those who answer its parts. */
export interface Graph {
  readonly supergraphSdl: string
  readonly executor: FederatedExecutor
  /** What clients see. */
  readonly schema: GraphQLSchema
}

/** What a graph is made of. */
export interface GraphParts {
  readonly supergraphSdl: string
  /** The subgraphs that run in this process. */
  readonly index: { readonly schema: GraphQLSchema }
  readonly governance: { readonly schema: GraphQLSchema }
  /** Where a participant's subgraph is. */
  borrow(participant: string): Borrowed
  /** No list that a source sends has more entries. */
  readonly maxEntries: number
  readonly logger: Logger
}

/**
 * Loads a supergraph, with the index and governance in this process.
 *
 * @throws when it cannot be loaded; what was borrowed is given back
 */
export async function loadGraph(parts: GraphParts): Promise<Graph> {
  const { supergraphSdl, index, governance } = parts
  const borrowed: Borrowed[] = []
  const options = checkOptions(parts, () => executor.schema)
  const sourceFor = ({ name }: { readonly name: string }): FederatedSource => {
    if (name === INDEX) return createLocalSource(name, index.schema, INDEX_OPTIONS)
    if (name === GOVERNANCE) return createLocalSource(name, governance.schema, GOVERNANCE_OPTIONS)
    const one = parts.borrow(name)
    borrowed.push(one)
    const source = { ...createRemoteSource(one.source), close: one.giveBack }
    return withServiceState(checkedSource(source, options), one.source.circuit)
  }
  const executor = await createApolloExecutor({ supergraphSdl, sourceFor }).catch(async (error) => {
    await Promise.all(borrowed.map((one) => one.giveBack()))
    throw error
  })
  return { supergraphSdl, executor, schema: extendWithMergedRecord(executor.schema) }
}

/** It is only read. */
const INDEX_OPTIONS: LocalOptions = {
  failure: { code: 'INDEX_UNAVAILABLE', text: 'The patient index could not answer.' },
  isAskedEarly: true,
}

const GOVERNANCE_OPTIONS: LocalOptions = {
  failure: {
    code: 'GOVERNANCE_UNAVAILABLE',
    text: errorCatalogue.GOVERNANCE_UNAVAILABLE.text,
  },
  isAskedEarly: false,
}

function checkOptions(
  { maxEntries, logger }: GraphParts,
  schema: CheckOptions['schema'],
): CheckOptions {
  return {
    schema,
    maxEntries,
    onFinding: (finding) => logger.error(finding, 'a source sent what is not let through'),
  }
}
