import { setImmediate as nextTurn, setTimeout as wait } from 'node:timers/promises'
import { type DocumentNode, GraphQLError, type GraphQLSchema } from 'graphql'
import type { Logger } from 'pino'
import type { Locate, Located } from '../subgraphs/index/locate.ts'
import type { Participant } from '../subgraphs/kit/participant.ts'
import type { DecideAccess } from './access/evidence.ts'
import type { Rehearse } from './access/rehearsal.ts'
import { type Admitted, decideRequest } from './access/request.ts'
import { answerOf, type PipelineAnswer } from './answer.ts'
import { Account, type AccountParts, type Found } from './audit/account.ts'
import { AuditUnavailable } from './audit/writer/waiting.ts'
import { callContext } from './calls.ts'
import type { RequestContext } from './context.ts'
import { refusalError } from './errors.ts'
import type { SignAssertion } from './federation/assertion.ts'
import type { FederatedExecutor, FederatedResult } from './federation/types.ts'
import type { CallerRates } from './limits/caller-rates.ts'
import { createOperationLimits } from './limits/operation-limits.ts'
import { countPatients, refuseTooManyPatients } from './limits/patients-asked.ts'
import { type ReadOperation, readOperation } from './operation/read-operation.ts'
import { refuseArguments } from './operation/refuse-arguments.ts'
import { ownTurn } from './own-turn.ts'
import { type DecidedPatients, decidePatients, undecidedIdentities } from './patients.ts'
import { Planning } from './planning.ts'
import { problemOf } from './problem-of.ts'
import { mapErrors } from './record/errors.ts'
import { sourceVariables } from './record/pages.ts'
import type { RewrittenOperation } from './record/rewrite.ts'
import type { RegisteredOperations } from './registry/operations/follow-operations.ts'
import { refuseUnregistered } from './registry/operations/refuse-unregistered.ts'
import type { Screen } from './screen/create-screen.ts'
import { sourcesOf } from './sources.ts'
import { within } from './within.ts'

/** What the pipeline works with. */
export interface PipelineParts {
  /** What clients see. */
  readonly schema: GraphQLSchema
  readonly participants: readonly Participant[]
  readonly executor: FederatedExecutor
  readonly index: { readonly locate: Locate }
  /** What the resolvers of this process's own subgraphs get. */
  localContext(asked: {
    readonly admitted: Admitted
    readonly requestId: string
    readonly located: readonly Located[]
    /** Told of every patient whom a search shows. */
    onFound(found: Found): void
  }): unknown
  readonly rates: CallerRates
  /** Which operations are answered; null when any is. */
  readonly registered: Pick<RegisteredOperations, 'has'> | null
  readonly rehearse: Rehearse
  readonly decide: DecideAccess
  readonly screen: Screen
  readonly sign: SignAssertion
  readonly account: AccountParts
  /** Milliseconds for a whole answer. */
  readonly deadlineMs: number
  /** Told how long a request waited until its sources might be asked, in milliseconds. */
  onWaited(ms: number): void
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

/** A request, and when it has to be answered, by `performance.now()`. */
interface TimedRequest extends PipelineRequest {
  readonly deadlineAt: number
}

/**
 * One request's life, step by step. The first step that refuses ends it; no step knows another's
 * inside.
 */
export class Pipeline {
  readonly #parts: PipelineParts
  readonly planning: Planning
  readonly #refuseTooMuch: ReturnType<typeof createOperationLimits>

  constructor(parts: PipelineParts) {
    this.#parts = parts
    this.planning = new Planning(parts)
    this.#refuseTooMuch = createOperationLimits(parts.schema)
  }

  /** Nothing leaves, no refusal either, before it is in the audit trail. */
  async answer(given: PipelineRequest): Promise<PipelineAnswer> {
    const request = { ...given, deadlineAt: performance.now() + this.#parts.deadlineMs }
    const account = new Account(this.#parts.account, request.context)
    const made = await this.#attempt(request, () => this.#steps(request, account))
    const refusal = made.data === undefined ? made.errors?.[0]?.extensions['code'] : null
    const answer = await this.#attempt(request, async () => {
      await account.commit(refusal === undefined ? null : (refusal as string | null))
      return made
    })
    account.end(answer)
    return answer
  }

  async #attempt(
    request: PipelineRequest,
    step: () => Promise<PipelineAnswer>,
  ): Promise<PipelineAnswer> {
    try {
      return await step()
    } catch (error) {
      if (error instanceof GraphQLError) return { errors: [error] }
      if (error instanceof AuditUnavailable) return { errors: [refusalError('AUDIT_UNAVAILABLE')] }
      const { requestId } = request.context
      this.#parts.logger.error({ requestId, problem: problemOf(error) }, 'request failed')
      return { errors: [refusalError('INTERNAL_SERVER_ERROR')] }
    }
  }

  async #steps(asked: TimedRequest, account: Account): Promise<PipelineAnswer> {
    const { schema, participants } = this.#parts
    const { context } = asked
    await ownTurn()
    const whole = readOperation(schema, asked.document, asked)
    if ('errors' in whole) return { errors: whole.errors }
    const tooMuch = this.#refuseTooMuch(asked.document, whole)
    if (tooMuch) return { errors: [tooMuch] }
    account.asks({ ...whole, document: asked.document }, asked.documentKey)
    const tooOften = context.rateRefusal
    if (tooOften) return { errors: [refusalError('RATE_LIMITED', tooOften.retryAfterSeconds)] }

    const unregistered = refuseUnregistered(this.#parts.registered, asked)
    if (unregistered) return { errors: [unregistered] }

    const fields = [...whole.rootFields.values()].map(({ name }) => name.value)
    const decision = decideRequest(context, fields, participants)
    if (!decision.permitted) return { errors: [refusalError(decision.code)] }
    const unusable = refuseArguments(schema, asked.document, whole)
    if (unusable.length > 0) return { errors: unusable }
    const tooMany = await this.#limitPatients(asked, whole, account)
    if (tooMany) return { errors: [tooMany] }

    const group = decision.admitted?.group ?? null
    const request = await this.planning.cut(asked, group)
    const read = request === asked ? whole : readOperation(schema, request.document, request)
    if ('errors' in read) return { errors: read.errors }
    account.admits(decision.admitted, { ...read, document: request.document })

    this.planning.note({ ...asked, group, variables: read.variables })
    const plan = this.planning.plan(request, group, read.variables)
    if (plan.isLocal) return answerOf({ plan, read, data: {} })
    if (!decision.admitted) return { errors: [refusalError('UNAUTHENTICATED')] }

    const started = performance.now()
    const patients = await this.#decide(read, decision.admitted, asked.deadlineAt)
    account.decides(patients)
    const committed = account.commit(null)
    const { admitted } = decision
    const found: Found[] = []
    // Got ready while the store writes: no source is asked, and nothing changes, before the commit.
    const fetching = nextTurn()
      .then(ownTurn)
      .then(() => this.#fetch(plan, { ...asked, read, patients, admitted, found, committed }))
    // When nothing was committed, that is told.
    fetching.catch(() => {})
    await committed
    this.#parts.onWaited(performance.now() - (asked.deadlineAt - this.#parts.deadlineMs))
    const result = await fetching
    await account.commitFound(found)
    await ownTurn()
    const data = this.#parts.screen(plan, result.data, read.variables)
    const sources = sourcesOf({ ...this.#parts, plan, read, patients, result })
    account.makes({ plan, variables: read.variables, sources, open: patients.open })
    const errors = [
      ...patients.refusals,
      ...undecidedIdentities(patients),
      ...mapErrors(result.errors, { data: result.data, sources }),
    ]
    const onTimeline = account.shows.bind(account)
    const answer = answerOf({ plan, read, data, sources, errors, onTimeline })
    const couldTell = patients.refusals.length > 0 || fields.includes('findPatients')
    if (couldTell) await wait(TOLD_AFTER_MS - (performance.now() - started))
    return answer
  }

  /** At most ten patients at once, and so many within a minute. */
  async #limitPatients(
    { context }: PipelineRequest,
    whole: ReadOperation,
    account: Account,
  ): Promise<GraphQLError | null> {
    const tooMany = refuseTooManyPatients(whole)
    if (tooMany) return tooMany
    const tooFast = await countPatients(this.#parts, context, whole)
    if (tooFast?.isEvent === false) account.isCounted()
    return tooFast && refusalError('RATE_LIMITED', tooFast.retryAfterSeconds)
  }

  /** Where every patient's records are, and whether the caller may see them. */
  async #decide(
    read: ReadOperation,
    { caller }: Admitted,
    deadlineAt: number,
  ): Promise<DecidedPatients> {
    const { schema, index, decide } = this.#parts
    try {
      const deciding = decidePatients({ schema, read, caller }, index.locate, decide)
      return await within(deadlineAt, deciding)
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
      readonly context: RequestContext
      readonly read: ReadOperation
      readonly patients: DecidedPatients
      readonly admitted: Admitted
      readonly found: Found[]
      readonly deadlineAt: number
      readonly committed: Promise<void>
    },
  ): Promise<FederatedResult> {
    const { executor, sign, localContext } = this.#parts
    const { admitted, context, found, deadlineAt, committed } = asked
    const { requestId } = context
    const patients = [...asked.patients.open.values()]
    const located = patients.map((patient) => patient.located)
    return executor.execute({
      document: plan.document,
      documentKey: plan.text,
      variables: sourceVariables(plan, asked.read.variables),
      ...(plan.operationName && { operationName: plan.operationName }),
      call: callContext({
        caller: admitted.caller,
        request: context,
        deadlineAt,
        committed,
        sign,
        local: localContext({
          admitted,
          requestId,
          located,
          onFound: (one) => found.push(one),
        }),
        patients,
      }),
    })
  }
}

/**
 * Refusals and searches take equally long, whatever the index had to read: the time does not tell who
 * is known. Longer than they take on their own.
 */
const TOLD_AFTER_MS = 25
