import { fastifyApolloHandler } from '@as-integrations/fastify'
import Fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  LogController,
} from 'fastify'
import type { Logger } from 'pino'
import { createApollo, type GraphOptions } from './apollo.ts'
import { askingOf } from './asking.ts'
import type { RequestContext } from './context.ts'
import { errorCatalogue } from './errors.ts'
import { requestIdOf } from './request-id.ts'

export interface ServerOptions extends GraphOptions {
  readonly identify: (authorization: string | undefined) => Promise<RequestContext['identity']>
  /** What must hold before requests can be answered, by name. */
  readonly readiness: () => Promise<Readonly<Record<string, boolean>>>
  readonly logger: Logger
}

/** No honest operation is longer. */
const MAX_BODY_BYTES = 256 * 1024

/** GraphQL over HTTP at `POST /graphql`, and the health checks. */
export async function createServer(options: ServerOptions): Promise<FastifyInstance> {
  const app = Fastify({
    loggerInstance: options.logger as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: MAX_BODY_BYTES,
    genReqId: requestIdOf,
    forceCloseConnections: 'idle',
  })
  app.removeContentTypeParser('text/plain')
  const apollo = createApollo(options)
  await apollo.start()
  app.addHook('onClose', () => apollo.stop())
  app.addHook('onSend', async (request, reply) => {
    void reply.header('x-request-id', request.id).header('cache-control', 'no-store')
  })
  const handler = fastifyApolloHandler<RequestContext>(apollo, {
    context: (request, reply) => contextOf(options, request, reply),
  })
  app.post('/graphql', handler)
  app.route({ method: ['GET', 'PUT', 'PATCH', 'DELETE'], url: '/graphql', handler: answerPostOnly })
  addHealthChecks(app, options)
  app.setErrorHandler(answerBrokenRequest)
  app.setNotFoundHandler((_request, reply) =>
    reply
      .code(404)
      .send(
        errorBody(
          'NOT_FOUND',
          'Ask at POST /graphql; health is at /health/live and /health/ready.',
        ),
      ),
  )
  return app
}

async function contextOf(
  { identify }: ServerOptions,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<RequestContext> {
  const gone = new AbortController()
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished) gone.abort()
  })
  return {
    identity: await identify(request.headers.authorization),
    requestedPurpose: request.headers['x-purpose-of-use']?.toString(),
    requestId: request.id,
    ...askingOf(request),
    signal: gone.signal,
  }
}

function addHealthChecks(app: FastifyInstance, { readiness }: ServerOptions): void {
  app.get('/health/live', async () => ({ status: 'live' }))
  app.get('/health/ready', async (_request, reply) => {
    const checks = await readiness()
    const isReady = Object.values(checks).every(Boolean)
    void reply.code(isReady ? 200 : 503)
    return { status: isReady ? 'ready' : 'not ready', checks }
  })
}

/** A query in a URL would leave NHS numbers in access logs. */
function answerPostOnly(_request: FastifyRequest, reply: FastifyReply): FastifyReply {
  return reply
    .code(405)
    .header('allow', 'POST')
    .send(errorBody('METHOD_NOT_ALLOWED', 'Send the operation as JSON in the body of a POST.'))
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
