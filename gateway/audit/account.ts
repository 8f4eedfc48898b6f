import { randomUUID } from 'node:crypto'
import type { GraphQLSchema } from 'graphql'
import type { Located } from '../../subgraphs/index/locate.ts'
import type { Participant } from '../../subgraphs/kit/participant.ts'
import type { Grounds } from '../access/patient.ts'
import type { SectionOfField } from '../access/permissions.ts'
import type { Admitted } from '../access/request.ts'
import type { RoleGroup } from '../access/roles.ts'
import type { RequestContext } from '../context.ts'
import type { ReadOperation } from '../operation/read-operation.ts'
import type { DecidedPatients } from '../patients.ts'
import { accessEvents } from './describe/access-events.ts'
import { argumentsOf } from './describe/arguments.ts'
import type { OperationOf } from './describe/asked-fields.ts'
import { operationText } from './describe/operation-text.ts'
import { type Answered, type Made, outcomeOf } from './describe/outcome.ts'
import type { FindSubject } from './describe/subjects.ts'
import { auditedUser } from './describe/user.ts'
import type { AccessEvent } from './entries.ts'
import type { AuditTrail } from './open-trail.ts'

/** A patient whom a search shows, and why it may. */
export interface Found {
  readonly located: Located
  readonly grounds: Grounds
}

/** What an account is kept with. */
export interface AccountParts {
  readonly trail: Pick<AuditTrail, 'commit' | 'append' | 'keepOperation'>
  readonly schema: GraphQLSchema
  readonly participants: readonly Participant[]
  readonly sectionOf: SectionOfField
  readonly clock: () => Date
  readonly findSubject: FindSubject
}

/** No code of a purpose is longer. */
const LONGEST_PURPOSE = 20

/**
 * One request's account: it gathers what the steps come to know, writes the events before anything is
 * fetched, and what came of them before the answer leaves.
 */
export class Account {
  readonly #parts: AccountParts
  readonly #context: RequestContext
  readonly #at: Date
  readonly #started = performance.now()
  #asked: { readonly whole: ReadOperation & OperationOf; readonly documentKey: string } | undefined
  #rehearsed: (ReadOperation & OperationOf) | undefined
  #group: RoleGroup | null | undefined
  #purpose: string | null
  #patients: DecidedPatients | undefined
  #events: ReadonlyMap<string, AccessEvent> | undefined
  readonly #timelines = new Map<string, Record<string, number>>()
  #made: Made = {
    plan: undefined,
    variables: {},
    sources: new Map(),
    open: new Map(),
    timelines: this.#timelines,
  }

  constructor(parts: AccountParts, context: RequestContext) {
    this.#parts = parts
    this.#context = context
    this.#at = parts.clock()
    // What was wanted is told of a refusal as well.
    const own = 'caller' in context.identity ? context.identity.caller.purpose : null
    this.#purpose = context.requestedPurpose?.slice(0, LONGEST_PURPOSE) ?? own
  }

  /** What is asked. */
  asks(whole: ReadOperation & OperationOf, documentKey: string): void {
    this.#asked = { whole, documentKey }
  }

  /** The request is refused, and counted with others instead of being written down by itself. */
  isCounted(): void {
    this.#asked = undefined
  }

  /** For whom it goes on, and what the rehearsal left of it. */
  admits(admitted: Admitted | null, rehearsed: ReadOperation & OperationOf): void {
    if (admitted) this.#purpose = admitted.caller.purpose
    this.#rehearsed = rehearsed
    this.#group = admitted?.group
  }

  /** Whose records, and whether they may be seen. */
  decides(patients: DecidedPatients): void {
    this.#patients = patients
  }

  /** How the answer was made. */
  makes(made: Omit<Made, 'timelines'>): void {
    this.#made = { ...made, timelines: this.#timelines }
  }

  /** How many entries of a section the timelines of a patient show. */
  shows(patient: string, section: string, entries: number): void {
    const items = this.#timelines.get(patient) ?? {}
    items[section] = (items[section] ?? 0) + entries
    this.#timelines.set(patient, items)
  }

  /**
   * Commits the events of the request: no commit, no data.
   *
   * @param refusal why the whole request goes no further; null when it does
   * @throws AuditUnavailable
   */
  async commit(refusal: string | null): Promise<void> {
    if (this.#events || !this.#asked) return
    const { trail, schema, sectionOf, participants } = this.#parts
    const { whole, documentKey } = this.#asked
    const { identity, requestId, client, device } = this.#context
    const operation = operationText(whole.document, documentKey, whole.operation.name?.value)
    const user = 'caller' in identity ? auditedUser(identity.caller, participants) : null
    const events = accessEvents(
      schema,
      {
        at: this.#at.toISOString(),
        requestId,
        user,
        purpose: this.#purpose,
        client,
        device,
        operation,
        whole,
        rehearsed: this.#rehearsed,
        group: this.#group,
        patients: this.#patients,
        refusal,
        subjects: await this.#findSubjects(whole),
      },
      sectionOf,
    )
    this.#events = events
    if (events.size === 0) return
    // Whoever is not known could fill the store with texts.
    if (user !== null) trail.keepOperation(operation.digest, operation.text)
    await trail.commit([...events.values()])
  }

  /**
   * Commits what a search found: whom it shows has been looked at.
   *
   * @throws AuditUnavailable
   */
  async commitFound(found: readonly Found[]): Promise<void> {
    const search = [...(this.#events?.values() ?? [])].find(({ category }) => category === 'SEARCH')
    if (!search) return
    // Who was searched for by number is named by the search itself.
    const others = found.filter(({ located }) => located.nhsNumber !== search.nhsNumber)
    if (others.length === 0) return
    await this.#parts.trail.commit(
      others.map(({ located, grounds }) => ({
        ...search,
        event: randomUUID(),
        grounds,
        nhsNumber: located.nhsNumber,
        requestedNhsNumber: null,
        sections: ['identity'],
        facts: { foundBy: search.event },
      })),
    )
  }

  /** Writes what came of the request. */
  end(answer: Answered): void {
    const durationMs = Math.round(performance.now() - this.#started)
    const at = this.#parts.clock().toISOString()
    const outcomes = [...(this.#events ?? [])].map(([key, { event }]) => ({
      kind: 'OUTCOME' as const,
      event,
      at,
      durationMs,
      ...outcomeOf(answer, key, this.#made),
    }))
    if (outcomes.length > 0) this.#parts.trail.append(outcomes)
  }

  async #findSubjects(whole: ReadOperation): Promise<Map<string, string>> {
    const { schema, findSubject } = this.#parts
    const found = [...whole.rootFields].map(async ([key, node]) => {
      const facts = argumentsOf(schema, whole, node)
      // What cannot be looked up is named by the event's facts all the same.
      const subject = await findSubject(node.name.value, facts).catch(() => null)
      return subject === null ? [] : [[key, subject] as const]
    })
    return new Map((await Promise.all(found)).flat())
  }
}
