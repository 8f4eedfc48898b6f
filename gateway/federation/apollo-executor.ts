import { Supergraph } from '@apollo/federation-internals'
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
 * Loads a supergraph, whose operations Apollo's planner plans over the given sources.
 *
 * @throws when it is not a supergraph
 */
export async function createApolloExecutor(options: {
  readonly supergraphSdl: string
  sourceFor(subgraph: { readonly name: string; readonly url?: string | undefined }): FederatedSource
}): Promise<FederatedExecutor & { readonly schema: GraphQLSchema }> {
  const supergraph = Supergraph.build(options.supergraphSdl, { validateSupergraph: false })
  const schema = supergraph.apiSchema().toGraphQLJSSchema()
  const whole = supergraph.schema.toGraphQLJSSchema()
  const plan = createPlanner(supergraph, schema)
  const sources = new Map(
    supergraph.subgraphsMetadata().map((one) => [one.name, options.sourceFor(one)] as const),
  )
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
      await Promise.all([...sources.values()].map((source) => source.close()))
    },
  }
}

/** A source gave nothing, or something of the wrong type, that had to be cut out. */
function brokenAt(path: Path): GraphQLError {
  const { message, extensions } = sourceError('', 'SOURCE_FAILED')
  return new GraphQLError(message, { path, extensions: { code: extensions.code } })
}
