import { ApolloGateway, type GraphQLDataSource } from '@apollo/gateway'
import { GraphQLError, type GraphQLSchema } from 'graphql'
import { sourceError } from './source-errors.ts'
import type { CallContext, FederatedExecutor, FederatedRequest, SourceCall } from './types.ts'

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

/** What a request carries through the planner's executor. */
interface RequestContext {
  readonly call: CallContext
  readonly calls: SourceCall[]
}

/** Loads a supergraph into Apollo Gateway, which plans and executes over the given sources. */
export async function createApolloExecutor(options: {
  readonly supergraphSdl: string
  sourceFor(subgraph: { readonly name: string; readonly url?: string | undefined }): FederatedSource
}): Promise<FederatedExecutor & { readonly schema: GraphQLSchema }> {
  // Read when the gateway is constructed: it reports to its vendor otherwise.
  process.env['APOLLO_TELEMETRY_DISABLED'] = 'true'
  const sources: FederatedSource[] = []
  const gateway = new ApolloGateway({
    supergraphSdl: options.supergraphSdl,
    logger: silent,
    debug: false,
    buildService(subgraph) {
      const source = options.sourceFor(subgraph)
      sources.push(source)
      return toDataSource(source)
    },
  })
  const schema = await loadSchema(gateway)
  return {
    schema,
    execute: (request) => execute(gateway, schema, request),
    async close() {
      await gateway.stop()
      await Promise.all(sources.map((source) => source.close()))
    },
  }
}

/** The gateway's own messages name upstream addresses; what matters is told by outcomes. */
const silent = { debug() {}, info() {}, warn() {}, error() {} }

async function loadSchema(gateway: ApolloGateway): Promise<GraphQLSchema> {
  let schema: GraphQLSchema | undefined
  gateway.onSchemaLoadOrUpdate(({ apiSchema }) => {
    schema = apiSchema
  })
  await gateway.load({ apollo: {} } as Parameters<ApolloGateway['load']>[0])
  if (!schema) throw new Error('The supergraph was loaded without a schema')
  return schema
}

function toDataSource(source: FederatedSource): GraphQLDataSource {
  return {
    async process(options) {
      if (!('pathInIncomingRequest' in options)) throw new Error('Only operations are executed')
      const { call, calls } = options.context as RequestContext
      const { query = '', variables = {}, operationName } = options.request
      const answer = await source.ask({
        query,
        variables,
        call,
        path: options.pathInIncomingRequest ?? [],
        ...(operationName && { operationName }),
      })
      calls.push(...answer.calls)
      return {
        data: answer.data,
        ...(answer.errors.length > 0 && { errors: answer.errors as never }),
      }
    },
  }
}

async function execute(gateway: ApolloGateway, schema: GraphQLSchema, request: FederatedRequest) {
  const { document, documentKey, operationName, variables, call } = request
  const context: RequestContext = { call, calls: [] }
  const result = await gateway.executor({
    request: { variables: { ...variables }, ...(operationName && { operationName }) },
    document,
    queryHash: documentKey,
    schema,
    context,
    logger: silent,
    metrics: {},
    operationName: operationName ?? null,
  } as unknown as Parameters<typeof gateway.executor>[0])
  const data = result.data ?? null
  const errors = [
    ...(result.errors ?? []).map(toGraphQLError),
    ...brokenPlaces(result.extensions?.['valueCompletion']),
  ]
  if (data === null && errors.length === 0)
    errors.push(toGraphQLError(sourceError('', 'SOURCE_FAILED')))
  return { data, errors, calls: context.calls }
}

/** Our own errors, without what the planner's executor adds to them. */
function toGraphQLError(error: {
  message: string
  path?: readonly (string | number)[] | undefined
  extensions?: Record<string, unknown>
}): GraphQLError {
  const { serviceName: _name, ...extensions } = error.extensions ?? {}
  return new GraphQLError(error.message, { path: error.path ?? null, extensions })
}

/** Where a source gave nothing, or something of the wrong type, that had to be cut out. */
function brokenPlaces(errors: unknown): GraphQLError[] {
  if (!Array.isArray(errors)) return []
  return errors.map(({ path }: { path?: (string | number)[] }) => {
    const { message, extensions } = sourceError('', 'SOURCE_FAILED', path)
    return new GraphQLError(message, { path: path ?? null, extensions: { code: extensions.code } })
  })
}
