import { type DocumentNode, GraphQLError, type GraphQLSchema } from 'graphql'
import { LRUCache } from 'lru-cache'
import type { Logger } from 'pino'
import type { Located } from '../subgraphs/index/locate.ts'
import type { Participant } from '../subgraphs/kit/participant.ts'
import { decideRequest } from './access/request.ts'
import { callContext } from './calls.ts'
import type { RequestContext } from './context.ts'
import { refusalError } from './errors.ts'
import type { SignAssertion } from './federation/assertion.ts'
import type { FederatedExecutor, FederatedResult } from './federation/types.ts'
import type { Caller } from './identity/caller.ts'
import { type ReadOperation, readOperation } from './operation/read-operation.ts'
import { type LocatedPatients, locatePatients } from './patients.ts'
import { problemOf } from './problem-of.ts'
import { mapErrors } from './record/errors.ts'
import { mergeRecords } from './record/merge.ts'
import { sourceVariables } from './record/pages.ts'
import { patientsIn } from './record/patients.ts'
import { type RewrittenOperation, rewriteOperation } from './record/rewrite.ts'
import type { SourceAnswer } from './record/sources.ts'
import { reportSources } from './sources.ts'

/** What the pipeline works with. */
export interface PipelineParts {
  /** What clients see. */
  readonly schema: GraphQLSchema
  readonly participants: readonly Participant[]
  readonly executor: FederatedExecutor
  readonly index: {
    locate(nhsNumber: string): Promise<Located | null>
    /** What the index's resolvers get: who asks, and the patients located already. */
    contextOf(caller: Caller, located: readonly Located[]): unknown
  }
  readonly sign: SignAssertion
  /** Milliseconds for all sources together. */
  readonly deadlineMs: number
  readonly logger: Logger
}

/** A valid document with what a client sent beside it. */
export interface PipelineRequest {
  readonly document: DocumentNode
  /** Equal for equal documents. */
  readonly documentKey: string
  readonly operationName?: string | undefined
  readonly variables?: Record<string, unknown> | undefined
  readonly context: RequestContext
}

export interface PipelineAnswer {
  readonly data?: Record<string, unknown> | null
  readonly errors?: readonly GraphQLError[]
  readonly extensions?: Record<string, unknown>
}

/**
 * One request's life, step by step. The first step that refuses ends it; no step knows another's
 * inside.
 */
export class Pipeline {
  readonly #parts: PipelineParts
  readonly #plans = new LRUCache<string, RewrittenOperation>({ max: 1000 })

  constructor(parts: PipelineParts) {
    this.#parts = parts
  }

  async answer(request: PipelineRequest): Promise<PipelineAnswer> {
    try {
      return await this.#steps(request)
    } catch (error) {
      if (error instanceof GraphQLError) return { errors: [error] }
      const { requestId } = request.context
      this.#parts.logger.error({ requestId, problem: problemOf(error) }, 'request failed')
      return { errors: [refusalError('INTERNAL_SERVER_ERROR')] }
    }
  }

  async #steps(request: PipelineRequest): Promise<PipelineAnswer> {
    const { schema, participants } = this.#parts
    const read = readOperation(schema, request.document, request)
    if ('errors' in read) return { errors: read.errors }

    const asked = [...read.rootFields.values()].map(({ name }) => name.value)
    const decision = decideRequest(request.context.identity, asked, participants)
    if (!decision.permitted) return { errors: [refusalError(decision.code)] }

    const plan = this.#plan(request)
    if (plan.isLocal)
      return { data: mergeRecords({ ...mergeNothing, rewritten: plan, variables: read.variables }) }
    if (!decision.caller) return { errors: [refusalError('UNAUTHENTICATED')] }

    const patients = await this.#locate(read)
    const result = await this.#fetch(plan, { request, read, patients, caller: decision.caller })
    return this.#merge(plan, { read, patients, result })
  }

  /** The operation on the supergraph, made once for each document. */
  #plan({ document, documentKey, operationName }: PipelineRequest): RewrittenOperation {
    const key = `${documentKey} ${operationName ?? ''}`
    const known = this.#plans.get(key)
    if (known) return known
    const plan = rewriteOperation(this.#parts.schema, document, operationName)
    this.#plans.set(key, plan)
    return plan
  }

  /** Where every patient's records are. */
  async #locate(read: ReadOperation): Promise<LocatedPatients> {
    try {
      return await locatePatients(this.#parts.schema, read, this.#parts.index.locate)
    } catch (error) {
      if (error instanceof GraphQLError) throw error
      this.#parts.logger.error({ problem: problemOf(error) }, 'the index does not answer')
      throw refusalError('INDEX_UNAVAILABLE')
    }
  }

  /** All holders at once, each with its own assertion, none beyond the deadline. */
  #fetch(
    plan: RewrittenOperation,
    asked: {
      readonly request: PipelineRequest
      readonly read: ReadOperation
      readonly patients: LocatedPatients
      readonly caller: Caller
    },
  ): Promise<FederatedResult> {
    const { index, executor, deadlineMs, sign } = this.#parts
    const located = [...asked.patients.values()].filter((patient) => patient !== null)
    return executor.execute({
      document: plan.document,
      documentKey: plan.text,
      variables: sourceVariables(plan, asked.read.variables),
      ...(plan.operationName && { operationName: plan.operationName }),
      call: callContext({
        caller: asked.caller,
        request: asked.request.context,
        deadlineMs,
        sign,
        local: index.contextOf(asked.caller, located),
        patients: located,
      }),
    })
  }

  /** One record of all that came, and what came of every source. */
  #merge(
    plan: RewrittenOperation,
    came: {
      readonly read: ReadOperation
      readonly patients: LocatedPatients
      readonly result: FederatedResult
    },
  ): PipelineAnswer {
    const { read, patients, result } = came
    const answered = patientsIn(plan, result.data, read.variables)
    const sources = new Map<string, readonly SourceAnswer[]>()
    for (const [key, located] of patients) {
      if (!located) continue
      const records = answered.find(({ path }) => path === key)?.records ?? []
      const { participants } = this.#parts
      sources.set(key, reportSources({ participants, located, calls: result.calls, key, records }))
    }
    const data = mergeRecords({
      rewritten: plan,
      data: result.data,
      variables: read.variables,
      sources,
    })
    const errors = mapErrors(result.errors, result.data)
    return {
      data,
      ...(errors.length > 0 && { errors }),
      ...(sources.size > 0 && { extensions: { sources: toExtension(sources) } }),
    }
  }
}

const mergeNothing = { data: {}, sources: new Map<string, readonly SourceAnswer[]>() }

/** The sources of every patient of an answer, so that no client can leave them out. */
function toExtension(sources: ReadonlyMap<string, readonly SourceAnswer[]>): object[] {
  return [...sources].flatMap(([key, answers]) =>
    answers.map((answer) => ({ path: [key], ...answer })),
  )
}
