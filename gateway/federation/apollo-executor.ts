import { ApolloGateway, type GraphQLDataSource } from '@apollo/gateway'
import type { QueryPlanner } from '@apollo/query-planner'
import { GraphQLError, type GraphQLSchema } from 'graphql'
import { executePlan } from './plan/execute-plan.ts'
import { createPlanner } from './plan/planner.ts'
import type { Path } from './plan/shape-data.ts'
import { sourceError } from './source-errors.ts'
import type { CallContext, FederatedExecutor, SourceCall } from './types.ts'

/** How one subgraph is asked. */
export interface FederatedSource {
  readonly name: string
  ask(request: {
    readonly query: string
    readonly operationName?: string
    readonly variables: Readonly<Record<string, unknown>>
    readonly call: CallContext
    /** Where the data belong; see `SourceCall`. */
    readonly path: readonly (string | number)[]
  }): Promise<{
    readonly data: Record<string, unknown> | null
    readonly errors: readonly object[]
    readonly calls: readonly SourceCall[]
  }>
  close(): Promise<void>
}

/**
 * Loads a supergraph into Apollo Gateway, which plans operations; the plans are carried out over the
 * given sources by code of our own: see plan/README.md.
 *
 * @throws when it is not a supergraph, or one with parts that Apollo Gateway does not carry out
 */
export async function createApolloExecutor(options: {
  readonly supergraphSdl: string
  sourceFor(subgraph: { readonly name: string; readonly url?: string | undefined }): FederatedSource
}): Promise<FederatedExecutor & { readonly schema: GraphQLSchema }> {
  // Read when the gateway is constructed: it reports to its vendor otherwise.
  process.env['APOLLO_TELEMETRY_DISABLED'] = 'true'
  const sources = new Map<string, FederatedSource>()
  const gateway = new ApolloGateway({
    supergraphSdl: options.supergraphSdl,
    logger: silent,
    // It was composed, or it would not be here.
    validateSupergraph: false,
    buildService(subgraph) {
      sources.set(subgraph.name, options.sourceFor(subgraph))
      return neverAsked
    },
  })
  const { schema, planner } = await load(gateway)
  const whole = planner.supergraph.schema.toGraphQLJSSchema()
  const plan = createPlanner(planner, schema)
  return {
    schema,
    prepare(operation) {
      plan(operation)
    },
    async execute(request) {
      const { variables, call } = request
      const planned = plan(request)
      const came = await executePlan({ planned, variables, call, sources, supergraph: whole })
      const { data, broken } = planned.shapeFor(variables)(came.data)
      // Where something was not given, what depends on it is broken as well: that is told already.
      const errors = came.errors.length > 0 ? came.errors : broken.map(brokenAt)
      return { data, errors, calls: came.calls }
    },
    async close() {
      await gateway.stop()
      await Promise.all([...sources.values()].map((source) => source.close()))
    },
  }
}

/** The gateway's own messages name upstream addresses; what matters is told by outcomes. */
const silent = { debug() {}, info() {}, warn() {}, error() {} }

const neverAsked: GraphQLDataSource = {
  process() {
    throw new Error('Sources are asked as the plan says, not by Apollo Gateway')
  },
}

async function load(
  gateway: ApolloGateway,
): Promise<{ readonly schema: GraphQLSchema; readonly planner: QueryPlanner }> {
  let schema: GraphQLSchema | undefined
  gateway.onSchemaLoadOrUpdate(({ apiSchema }) => {
    schema = apiSchema
  })
  await gateway.load({ apollo: {} } as Parameters<ApolloGateway['load']>[0])
  // The one way to its planner.
  const { queryPlanner: planner } = gateway.__testing()
  if (!schema || !planner) throw new Error('The supergraph was loaded without a schema')
  return { schema, planner }
}

/** A source gave nothing, or something of the wrong type, that had to be cut out. */
function brokenAt(path: Path): GraphQLError {
  const { message, extensions } = sourceError('', 'SOURCE_FAILED')
  return new GraphQLError(message, { path, extensions: { code: extensions.code } })
}
