import { type GraphQLSchema, validate } from 'graphql'
import type { Rehearse } from './access/rehearsal.ts'
import type { RoleGroup } from './access/roles.ts'
import type { FederatedExecutor } from './federation/types.ts'
import { createPlans, type Plannable } from './plans.ts'
import { type RecentOperation, RecentOperations } from './recent-operations.ts'
import type { RewrittenOperation } from './record/rewrite.ts'
import type { Variables } from './record/values.ts'

/**
 * Steps 3 and 4 of a request's life: what the role may not see is cut out, and what is left becomes an
 * operation on the supergraph. It remembers what was asked, so that another release can plan it ahead.
 */
export class Planning {
  readonly #schema: GraphQLSchema
  readonly #rehearse: Rehearse
  readonly #executor: FederatedExecutor
  readonly #plan: ReturnType<typeof createPlans>
  readonly #recent = new RecentOperations()

  constructor(parts: {
    readonly schema: GraphQLSchema
    readonly rehearse: Rehearse
    readonly executor: FederatedExecutor
  }) {
    this.#schema = parts.schema
    this.#rehearse = parts.rehearse
    this.#executor = parts.executor
    this.#plan = createPlans(parts.schema)
  }

  /** An operation without what the role may not see; itself when the role may see all of it. */
  async cut<Asked extends Plannable>(asked: Asked, group: RoleGroup | null): Promise<Asked> {
    // Who has no group was let in for what anybody may ask.
    if (!group) return asked
    const { document, documentKey, operationName } = asked
    const rehearsed = await this.#rehearse(document, operationName, group)
    const { signature } = rehearsed
    if (signature === '') return asked
    const withoutKey = `${documentKey} without ${signature}`
    return { ...asked, document: rehearsed.document, documentKey: withoutKey }
  }

  /** The operation on the supergraph for one that was cut. */
  plan(cut: Plannable, group: RoleGroup | null, variables: Variables): RewrittenOperation {
    return this.#plan(cut, group, variables)
  }

  /** Remembers an operation that is asked, as the client sent it. */
  note(asked: RecentOperation): void {
    this.#recent.note(asked)
  }

  /** What was asked lately, the last first. */
  recent(): RecentOperation[] {
    return this.#recent.list()
  }

  /**
   * Plans an operation as if it were asked, so that the next who asks need not wait for that.
   *
   * @throws GraphQLError for one that the schema does not have
   */
  async prepare({ group, variables, ...asked }: RecentOperation): Promise<void> {
    const [problem] = validate(this.#schema, asked.document)
    if (problem) throw problem
    const plan = this.#plan(await this.cut(asked, group), group, variables)
    if (plan.isLocal) return
    const { document, text: documentKey, operationName } = plan
    this.#executor.prepare({ document, documentKey, ...(operationName && { operationName }) })
  }
}
