import { fastifyApolloHandler } from '@as-integrations/fastify'
import Fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  LogController,
} from 'fastify'
import type { Logger } from 'pino'
import { goneSignal } from '../subgraphs/kit/server/request-signal.ts'
import { createApollo, type GraphOptions } from './apollo.ts'
import { askingOf } from './asking.ts'
import type { RequestContext } from './context.ts'
import { type ErrorCode, errorCatalogue } from './errors.ts'
import type { CallerRates } from './limits/caller-rates.ts'
import { answerClientError } from './limits/client-errors.ts'
import { askerOf, limitRate } from './limits/limit-rate.ts'
import { type Capacity, shedLoad } from './limits/shed-load.ts'
import { type ClientTimes, cutSlowReaders, slowSenderOptions } from './limits/slow-clients.ts'
import { addReferenceRoutes } from './reference/reference-routes.ts'
import { addRegistryRoutes } from './registry/http/registry-routes.ts'
import { addTeamRoutes } from './registry/http/team-routes.ts'
import type { PublishingParts } from './registry/publishing/parts.ts'
import { requestIdOf } from './request-id.ts'

export interface ServerOptions extends GraphOptions {
  readonly identify: (authorization: string | undefined) => Promise<RequestContext['identity']>
  readonly publishing: PublishingParts
  readonly rates: CallerRates
  readonly capacity: Capacity
  readonly clients: ClientTimes
  /** What must hold before requests can be answered, by name. */
  readonly readiness: () => Promise<Readonly<Record<string, boolean>>>
  /** True from when the gateway was told to stop. */
  readonly isStopping: () => boolean
  readonly logger: Logger
}

/** No honest operation is longer. */
const MAX_BODY_BYTES = 256 * 1024

/** GraphQL over HTTP at `POST /graphql`, the registry, the schema as pages, and the health checks, which no limit applies to. */
export async function createServer(options: ServerOptions): Promise<FastifyInstance> {
  const { logger, clients, isStopping } = options
  const app = Fastify({
    loggerInstance: logger as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: MAX_BODY_BYTES,
    genReqId: requestIdOf,
    forceCloseConnections: 'idle',
    // What comes on a connection that stands is answered until the last moment, and then it is closed.
    return503OnClosing: false,
    clientErrorHandler: answerClientError,
    ...slowSenderOptions(clients),
  })
  app.removeContentTypeParser('text/plain')
  const apollo = createApollo(options)
  await apollo.start()
  app.addHook('onClose', () => apollo.stop())
  app.addHook('onSend', async (request, reply) => {
    void reply.header('x-request-id', request.id)
    if (!reply.hasHeader('cache-control')) void reply.header('cache-control', 'no-store')
    if (isStopping()) void reply.header('connection', 'close')
  })
  cutSlowReaders(app, clients)
  // Before the routes, which take it over.
  app.setErrorHandler(answerBrokenRequest)
  const handler = fastifyApolloHandler<RequestContext>(apollo, { context: contextOf })
  await app.register(async (graph) => {
    await shedLoad(graph, options.capacity, answerOverloaded)
    limitRate(graph, {
      ...options,
      refuse: (reply, { retryAfterSeconds }) => refuse(reply, 'RATE_LIMITED', retryAfterSeconds),
    })
    graph.post('/graphql', handler)
  })
  app.route({ method: ['GET', 'PUT', 'PATCH', 'DELETE'], url: '/graphql', handler: answerPostOnly })
  addRegistryRoutes(app, options.publishing, logger)
  addTeamRoutes(app, options.publishing, logger)
  addReferenceRoutes(app, options.releases)
  addHealthChecks(app, options)
  app.setNotFoundHandler(answerNotFound)
  return app
}

async function contextOf(request: FastifyRequest, reply: FastifyReply): Promise<RequestContext> {
  return {
    ...askerOf(request),
    requestedPurpose: request.headers['x-purpose-of-use']?.toString(),
    requestId: request.id,
    ...askingOf(request),
    signal: goneSignal(reply),
  }
}

/**
 * An overloaded gateway stays ready: it does answer, as fast as it can, and a load balancer that took
 * every busy gateway out would leave the others with more, until none was left.
 */
function addHealthChecks(
  app: FastifyInstance,
  { readiness, isStopping, releases }: Pick<ServerOptions, 'readiness' | 'isStopping' | 'releases'>,
): void {
  app.get('/health/live', async () => ({ status: 'live' }))
  app.get('/health/ready', async (_request, reply) => {
    if (isStopping()) return reply.code(503).send({ status: 'stopping' })
    const checks = await readiness()
    const isReady = Object.values(checks).every(Boolean)
    void reply.code(isReady ? 200 : 503)
    const supergraph = releases.current.version.number
    return { status: isReady ? 'ready' : 'not ready', checks, supergraph }
  })
}

/** A query in a URL would leave NHS numbers in access logs. */
function answerPostOnly(_request: FastifyRequest, reply: FastifyReply): FastifyReply {
  return reply
    .code(405)
    .header('allow', 'POST')
    .send(errorBody('METHOD_NOT_ALLOWED', 'Send the operation as JSON in the body of a POST.'))
}

function answerNotFound(_request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const text =
    'Ask at POST /graphql; the schema is at /schema, health at /health/live and /health/ready.'
  return reply.code(404).send(errorBody('NOT_FOUND', text))
}

/** Those who are refused at once come back at different times. */
function answerOverloaded(reply: FastifyReply): FastifyReply {
  return refuse(reply, 'OVERLOADED', 1 + Math.floor(Math.random() * 3))
}

function refuse(
  reply: FastifyReply,
  code: ErrorCode & ('OVERLOADED' | 'RATE_LIMITED'),
  retryAfterSeconds: number,
): FastifyReply {
  const { status, text } = errorCatalogue[code]
  return reply.code(status).header('retry-after', retryAfterSeconds).send(errorBody(code, text))
}

/** A request that never became an operation: its status, and words that repeat nothing of it. */
function answerBrokenRequest(
  error: { statusCode?: number; code?: string; name?: string },
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const status = error.statusCode ?? 500
  const text = brokenRequests[status]
  if (text !== undefined) return reply.code(status).send(errorBody('BAD_REQUEST', text))
  request.log.error({ requestId: request.id, problem: error.code ?? error.name }, 'request failed')
  const code = 'INTERNAL_SERVER_ERROR'
  return reply.code(500).send(errorBody(code, errorCatalogue[code].text))
}

const brokenRequests: Readonly<Record<number, string>> = {
  400: 'The body must be JSON: {"query": "…", "variables": {…}, "operationName": "…"}.',
  413: `The body may hold ${MAX_BODY_BYTES} bytes at most.`,
  415: 'The content type must be application/json, in UTF-8.',
}

function errorBody(code: string, message: string): object {
  return { errors: [{ message, extensions: { code } }] }
}
