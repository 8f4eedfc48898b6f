import { ApolloServer } from '@apollo/server'
import { ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled'
import type { GraphQLFormattedError, GraphQLSchema } from 'graphql'
import type { Logger } from 'pino'
import type { RequestContext } from './context.ts'
import { errorCatalogue } from './errors.ts'
import { MAX_TOKENS } from './operation/max-tokens.ts'
import { redact } from './operation/redact.ts'
import type { Releases } from './release/follow-releases.ts'
import type { Release } from './release/release.ts'

export interface GraphOptions {
  /** What is answered from, now and from the next switch on. */
  readonly releases: Pick<Releases, 'current' | 'onSwitch'>
  readonly logger: Logger
}

/**
 * Apollo Server in front of the releases: it parses, validates and keeps documents, and speaks
 * GraphQL over HTTP; the pipeline stands where a gateway's executor would. A request is answered by
 * the release whose schema it was validated against.
 */
export function createApollo({ releases, logger }: GraphOptions) {
  const releaseOf = new WeakMap<GraphQLSchema, Release>()
  return new ApolloServer<RequestContext>({
    gateway: {
      onSchemaLoadOrUpdate(callback) {
        const load = (release: Release) => {
          const { schema, supergraphSdl } = release
          releaseOf.set(schema, release)
          callback({ apiSchema: schema, coreSupergraphSdl: supergraphSdl })
        }
        load(releases.current)
        return releases.onSwitch(load)
      },
      load: async () => ({
        executor: async ({ schema, document, queryHash, request, context }) =>
          (releaseOf.get(schema) ?? releases.current).answer({
            document,
            documentKey: queryHash,
            operationName: request.operationName,
            variables: request.variables,
            context: context as RequestContext,
          }),
      }),
      stop: async () => {},
    },
    introspection: true,
    persistedQueries: false,
    allowBatchedHttpRequests: false,
    includeStacktraceInErrorResponses: false,
    parseOptions: { maxTokens: MAX_TOKENS },
    stopOnTerminationSignals: false,
    logger: {
      debug() {},
      info() {},
      warn() {},
      // Its messages can repeat what a client sent.
      error: () => logger.error('unexpected failure while answering'),
    },
    formatError,
    plugins: [ApolloServerPluginLandingPageDisabled()],
  })
}

/** Codes of Apollo Server whose messages are about the request's own text. */
const ABOUT_THE_REQUEST = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_USER_INPUT',
  'BAD_REQUEST',
  'OPERATION_RESOLUTION_FAILURE',
])

/** Nothing leaves that we did not mean to say: unknown failures get the catalogue's text. */
function formatError(error: GraphQLFormattedError): GraphQLFormattedError {
  const code = error.extensions?.['code']
  if (typeof code === 'string' && ABOUT_THE_REQUEST.has(code)) {
    return { ...error, message: redact(error.message), extensions: { ...error.extensions } }
  }
  if (typeof code !== 'string' || code === 'INTERNAL_SERVER_ERROR') {
    const { text } = errorCatalogue.INTERNAL_SERVER_ERROR
    return {
      message: text,
      ...(error.path && { path: error.path }),
      extensions: { code: 'INTERNAL_SERVER_ERROR' },
    }
  }
  return error
}
