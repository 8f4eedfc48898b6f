import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { GraphQLSchema } from 'graphql'
import type { Logger } from 'pino'
import { projectRoot } from '../project-root.ts'
import type { Config } from './config.ts'
import { errorCatalogue } from './errors.ts'
import { createApolloExecutor } from './federation/apollo-executor.ts'
import { HttpSource } from './federation/http-source.ts'
import { createLocalSource } from './federation/local-source.ts'
import { createRemoteSource } from './federation/remote-source.ts'
import { withServiceState } from './federation/service-state.ts'
import type { FederatedExecutor } from './federation/types.ts'
import { type CheckOptions, checkedSource } from './quarantine/checked-source.ts'
import { extendWithMergedRecord } from './record/public-schema.ts'
import type { Register } from './register.ts'
import { GOVERNANCE, INDEX } from './registry/compose-members.ts'

/** The supergraph with those who answer its parts. */
export interface Graph {
  readonly supergraphSdl: string
  readonly executor: FederatedExecutor
  /** What clients see. */
  readonly schema: GraphQLSchema
}

/** Loads `supergraph.graphql`, with the index and governance in this process. */
export async function loadGraph(
  config: Config,
  { index, governance }: Pick<Register, 'index' | 'governance'>,
  logger: Logger,
): Promise<Graph> {
  const supergraphSdl = await readFile(join(projectRoot, 'supergraph.graphql'), 'utf8')
  const schema = () => executor.schema
  const executor = await createApolloExecutor({
    supergraphSdl,
    sourceFor({ name }) {
      if (name === INDEX) return createLocalSource(name, index.schema)
      if (name === GOVERNANCE) return createLocalSource(name, governance.schema, GOVERNANCE_FAILURE)
      const http = httpSource(config, name, logger)
      const options = checkOptions(config, schema, logger)
      return withServiceState(checkedSource(createRemoteSource(http), options), http.circuit)
    },
  })
  return { supergraphSdl, executor, schema: extendWithMergedRecord(executor.schema) }
}

const GOVERNANCE_FAILURE = {
  code: 'GOVERNANCE_UNAVAILABLE',
  text: errorCatalogue.GOVERNANCE_UNAVAILABLE.text,
}

function checkOptions(
  { sourceLimits }: Config,
  schema: CheckOptions['schema'],
  logger: Logger,
): CheckOptions {
  return {
    schema,
    maxEntries: sourceLimits.maxEntries,
    onFinding: (finding) => logger.error(finding, 'a source sent what is not let through'),
  }
}

function httpSource(config: Config, name: string, logger: Logger): HttpSource {
  const source = config.sources.find(({ code }) => code === name)
  if (!source) throw new Error(`supergraph.graphql has a subgraph '${name}' that has no folder`)
  return new HttpSource({
    name,
    urls: source.urls,
    deadlineMs: config.sourceDeadlineMs,
    maxConnections: config.maxConnectionsPerSource,
    maxBytes: config.sourceLimits.maxBytes,
    hedgeAfterMs: config.hedgeAfterMs,
    openMs: config.circuitOpenMs,
    onFailure: (failure) => logger.warn(failure, 'a source failed'),
    onCircuit: (change) => logger.warn(change, 'a source is asked otherwise than before'),
  })
}
