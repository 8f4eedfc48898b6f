import {
  type DocumentNode,
  type ExecutionResult,
  execute,
  GraphQLError,
  type GraphQLSchema,
  parse,
} from 'graphql'
import { within } from '../within.ts'
import type { FederatedSource } from './apollo-executor.ts'

/** What a client is told when a subgraph of this process breaks, which says nothing by itself. */
export interface LocalFailure {
  readonly code: string
  readonly text: string
}

/** How a subgraph of this process is asked. */
export interface LocalOptions {
  readonly failure: LocalFailure
  /** True where asking tells nobody and changes nothing: it is asked before calls are permitted. */
  readonly isAskedEarly: boolean
}

/** A subgraph that runs in this process; its resolvers get the request's `local` as their context. */
export function createLocalSource(
  name: string,
  schema: GraphQLSchema,
  { failure, isAskedEarly }: LocalOptions,
): FederatedSource {
  const documents = new Map<string, DocumentNode>()
  return {
    name,
    async ask({ query, operationName, variables, call, path }) {
      if (!isAskedEarly) await call.permitted
      const started = performance.now()
      const executed = execute({
        schema,
        document: parsed(documents, query),
        variableValues: variables,
        contextValue: call.local,
        ...(operationName && { operationName }),
      })
      const result = await within(call.deadlineAt, Promise.resolve(executed)).catch(
        () => unanswered,
      )
      const latencyMs = performance.now() - started
      return {
        data: (result.data as Record<string, unknown> | null | undefined) ?? null,
        errors: (result.errors ?? []).map((error) => toOwnError(error, failure)),
        calls: [{ source: name, path, outcome: result.data ? 'ANSWERED' : 'FAILED', latencyMs }],
      }
    },
    async close() {},
  }
}

/** Nothing that a client could be told of but that it failed. */
const unanswered: ExecutionResult = { errors: [new GraphQLError('It did not answer in time')] }

/** Our own coded errors say what to mend; anything else stays inside. */
function toOwnError({ message, path, extensions }: GraphQLError, failure: LocalFailure): object {
  const { code, argument } = extensions
  const at = path && { path }
  if (typeof code !== 'string') {
    return { message: failure.text, ...at, extensions: { code: failure.code } }
  }
  const named = typeof argument === 'string' && { argument }
  return { message, ...at, extensions: { code, ...named } }
}

/** Plans repeat their fetches word for word; so many different ones are kept parsed. */
const MOST_DOCUMENTS = 1000

function parsed(documents: Map<string, DocumentNode>, query: string): DocumentNode {
  const known = documents.get(query)
  if (known) return known
  if (documents.size >= MOST_DOCUMENTS) documents.clear()
  const document = parse(query, { noLocation: true })
  documents.set(query, document)
  return document
}
