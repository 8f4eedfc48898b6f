import type { FastifyInstance, FastifyRequest } from 'fastify'
import {
  GraphQLError,
  type GraphQLSchema,
  Kind,
  OperationTypeNode,
  type ValidationRule,
} from 'graphql'
import mercurius from 'mercurius'
import type { AssertionClaims } from '../assertion/claims.ts'
import type { RecordSource } from '../record-source.ts'
import { createContext } from '../resolvers/context.ts'
import { maskDocumentErrors, maskErrors, masked } from './mask-errors.ts'
import { requestSignal } from './request-signal.ts'

/** Deeper than any field of the contract, shallower than mischief. */
const MAX_DEPTH = 20

/** Compiling a document takes longer than answering it a few times. */
const ASKED_OFTEN = 5

/** Three times every field of every section. */
const MAX_TOKENS = 15_000

/**
 * Adds `POST /graphql`: one JSON request, one operation, one answer. No batches, and no GET, whose
 * URL would carry an NHS number.
 *
 * @param options.claimsOf the verified assertion of a request
 */
export async function addGraphqlRoute(
  server: FastifyInstance,
  options: {
    readonly schema: GraphQLSchema
    readonly source: RecordSource
    readonly claimsOf: (request: FastifyRequest) => AssertionClaims
  },
): Promise<void> {
  const { schema, source, claimsOf } = options
  await server.register(mercurius, {
    schema,
    routes: false,
    jit: ASKED_OFTEN,
    queryDepth: MAX_DEPTH,
    graphql: { parseOptions: { maxTokens: MAX_TOKENS } },
    validationRules: [loneOperation],
    errorFormatter: (execution, context) => ({
      statusCode: 200,
      response: {
        data: execution.data ?? null,
        errors: maskErrors(execution.errors ?? [], context.reply?.log ?? server.log) as never,
      },
    }),
  })
  server.post('/graphql', async (request, reply) => {
    const body = readBody(request.body)
    if (!body) return reply.code(400).send({ errors: [masked('BAD_REQUEST')] })
    if (isJson(body.query))
      return reply.code(400).send({ errors: [masked('GRAPHQL_PARSE_FAILED')] })
    const signal = requestSignal(request, reply)
    const reading = source.begin({
      signal,
      onExcluded: (section, entries) =>
        request.log.error(
          { section, entries },
          'Entries that are never shared were not hidden yet',
        ),
    })
    const context = createContext(reading, claimsOf(request))
    try {
      return await reply.graphql(body.query, { ...context }, body.variables, body.operationName)
    } catch (error) {
      if (signal.aborted) return reply.code(503).send({ errors: [masked('DEADLINE_EXCEEDED')] })
      const { errors } = error as { errors?: unknown }
      if (!Array.isArray(errors)) throw error
      return reply.code(400).send({ errors: maskDocumentErrors(errors) })
    }
  })
}

function readBody(body: unknown) {
  if (typeof body !== 'object' || body === null) return null
  const { query, variables, operationName } = body as Record<string, unknown>
  if (typeof query !== 'string') return null
  if (typeof (variables ?? {}) !== 'object' || Array.isArray(variables)) return null
  return {
    query,
    variables: (variables ?? {}) as Record<string, unknown>,
    ...(typeof operationName === 'string' ? { operationName } : {}),
  }
}

/** Mercurius takes JSON for a parsed document, which no limit of parsing would apply to. */
function isJson(query: string): boolean {
  try {
    JSON.parse(query)
    return true
  } catch {
    return false
  }
}

/** The compiled form of a document is kept for one operation: a second one would get its answer. */
const loneOperation: ValidationRule = (context) => ({
  Document(document) {
    const operations = document.definitions.filter(
      (definition) => definition.kind === Kind.OPERATION_DEFINITION,
    )
    const [operation] = operations
    if (operations.length !== 1 || operation?.operation !== OperationTypeNode.QUERY) {
      context.reportError(
        new GraphQLError('A document must hold one query.', { nodes: operations }),
      )
    }
  },
})
