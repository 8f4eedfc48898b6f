import type { GraphQLSchema } from 'graphql'
import { LRUCache } from 'lru-cache'
import type { FederatedSource } from '../federation/apollo-executor.ts'
import type { Representation, SourceCall } from '../federation/types.ts'
import { ownTurn } from '../own-turn.ts'
import { checkAnswer, type Judged } from './check-answer.ts'
import type { Finding } from './finding.ts'
import { type PreparedQuery, prepareQuery } from './prepared-query.ts'

/** What a source is checked by. */
export interface CheckOptions {
  /** The supergraph's API schema; asked for with the first request. */
  readonly schema: () => GraphQLSchema
  /** No list that a source sends has more entries. */
  readonly maxEntries: number
  /** Told of every record and every section that is not let through. */
  onFinding(finding: Finding): void
}

/** So many different queries are kept read; plans repeat theirs word for word. */
const KEPT_QUERIES = 1000

/**
 * A source of which only that comes through which was asked for and can be trusted: records about the
 * patient whom they were asked for, in the contract's shape. What is kept out is told by errors, and
 * by each call's outcome.
 */
export function checkedSource(source: FederatedSource, options: CheckOptions): FederatedSource {
  const queries = new LRUCache<string, PreparedQuery>({ max: KEPT_QUERIES })
  const prepared = (text: string, operationName: string | undefined): PreparedQuery => {
    const key = `${operationName ?? ''} ${text}`
    const known = queries.get(key)
    if (known) return known
    const query = prepareQuery(
      { text, operationName },
      { schema: options.schema(), maxEntries: options.maxEntries, participant: source.name },
    )
    queries.set(key, query)
    return query
  }
  return {
    name: source.name,
    async ask(request) {
      const { variables, call } = request
      const query = prepared(request.query, request.operationName)
      const answer = await source.ask({ ...request, query: query.text })
      await ownTurn()
      const { representations } = variables as { representations?: readonly Representation[] }
      const judged = checkAnswer(answer, {
        source: source.name,
        variables,
        representations,
        query,
        identityOf: (representation) => call.identityOf?.(representation),
        isKnown: (representation) => call.isKnown?.(representation) ?? false,
        groupOf: (representation) => call.groupOf?.(representation) ?? '',
      })
      for (const finding of judged.findings) {
        options.onFinding({ source: source.name, requestId: call.requestId, ...finding })
      }
      return {
        data: judged.data,
        errors: judged.errors,
        calls: answer.calls.map((one) => withOutcome(one, judged)),
      }
    },
    close: () => source.close(),
  }
}

/** An answer is worth what could be used of it. */
function withOutcome(call: SourceCall, judged: Judged): SourceCall {
  return call.outcome === 'ANSWERED' ? { ...call, outcome: judged.outcomeOf(call.group) } : call
}
