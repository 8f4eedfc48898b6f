import type { FastifyBaseLogger, FastifyError, FastifyInstance } from 'fastify'
import { GraphQLError, type GraphQLFormattedError } from 'graphql'
import { isSubgraphErrorCode, SUBGRAPH_ERRORS, type SubgraphErrorCode } from '../errors.ts'

/**
 * Turns whatever went wrong in an operation into what the caller may know: errors of the catalogue
 * go out as they are, everything else becomes INTERNAL_SERVER_ERROR at its path and one line in
 * the log. A message or a row's values never leave, and never reach the log either.
 */
export function maskErrors(
  errors: readonly GraphQLError[],
  log: FastifyBaseLogger,
): GraphQLFormattedError[] {
  return errors.map((error) => {
    // Compiled operations make errors of their own, without extensions.
    const { extensions } = error as { extensions?: GraphQLError['extensions'] }
    if (isSubgraphErrorCode(extensions?.['code'])) {
      return { ...masked(extensions['code'], error), message: error.message, extensions }
    }
    const cause = error.originalError ?? error
    if (isEnded(cause)) return masked('DEADLINE_EXCEEDED', error)
    log.error({ fault: faultOf(cause), path: error.path }, 'A field failed')
    return masked('INTERNAL_SERVER_ERROR', error)
  })
}

/** True when the request's own end stopped it: PostgreSQL's code for that, or an abortion. */
function isEnded(cause: { code?: unknown; name?: string }): boolean {
  return cause.code === '57014' || cause.name === 'AbortError' || cause.name === 'TimeoutError'
}

/** Errors in the document itself: what does not fit is named, values in the document are not. */
export function maskDocumentErrors(errors: readonly unknown[]): GraphQLFormattedError[] {
  return errors.map((error) => {
    if (!(error instanceof GraphQLError)) return masked('GRAPHQL_VALIDATION_FAILED')
    if (error.message.startsWith('Syntax Error')) return masked('GRAPHQL_PARSE_FAILED', error)
    const { message } = masked('GRAPHQL_VALIDATION_FAILED')
    const isAboutNames = /^(Cannot query field|Unknown (argument|type|fragment|directive)) /
    return {
      ...masked('GRAPHQL_VALIDATION_FAILED', error),
      message: isAboutNames.test(error.message) ? error.message : message,
    }
  })
}

/** An error of the catalogue at the place of another. */
export function masked(code: SubgraphErrorCode, at?: GraphQLError): GraphQLFormattedError {
  return {
    message: SUBGRAPH_ERRORS[code],
    ...(at?.locations ? { locations: at.locations } : {}),
    ...(at?.path ? { path: at.path } : {}),
    extensions: { code },
  }
}

/** What may be written down about a fault: its class, its code and where, not what it says. */
export function faultOf(error: unknown) {
  if (!(error instanceof Error)) return { type: typeof error }
  const { code } = error as { code?: unknown }
  return {
    type: error.constructor.name,
    ...(typeof code === 'string' ? { code } : {}),
    stack: (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line)),
  }
}

/** Gives every error outside an operation a body like an operation's, and its text to nobody. */
export function maskServerErrors(server: FastifyInstance): void {
  server.setErrorHandler((error: FastifyError, request, reply) => {
    const status = error.statusCode ?? 500
    if (status < 500) return reply.code(status).send({ errors: [masked('BAD_REQUEST')] })
    request.log.error({ fault: faultOf(error) }, 'A request failed')
    return reply.code(500).send({ errors: [masked('INTERNAL_SERVER_ERROR')] })
  })
  server.setNotFoundHandler((_request, reply) =>
    reply.code(404).send({ errors: [masked('BAD_REQUEST')] }),
  )
}
