import type { Representation, SourceCall } from '../federation/types.ts'
import type { Variables } from '../record/values.ts'
import { checkEntity, type Verdict } from './check-entity.ts'
import { ENTITIES } from './identity-selection.ts'
import type { KnownIdentity } from './known-identity.ts'
import { errorsAt, type SourceError } from './own-errors.ts'
import type { EntityPlan, PreparedQuery } from './prepared-query.ts'
import { type Told, tell } from './tell.ts'

/** What a source was asked. */
export interface Asked {
  readonly source: string
  readonly query: PreparedQuery
  readonly variables: Variables
  /** Undefined for a query without entities. */
  readonly representations: readonly Representation[] | undefined
  /** Undefined where the index knows nothing beside the number. */
  identityOf(representation: Representation): KnownIdentity | undefined
  /** Whether the source's own feed says that it holds this one. */
  isKnown(representation: Representation): boolean
  /** By which call an entity was asked for. */
  groupOf(representation: Representation): string
}

/** What is let through of an answer, and what became of the rest. */
export interface Judged {
  readonly data: Record<string, unknown> | null
  readonly errors: readonly SourceError[]
  readonly findings: Told['findings']
  /** What an answered call was worth, by the group of the entities that it asked for. */
  outcomeOf(group: string | undefined): JudgedOutcome
}

type JudgedOutcome = Exclude<SourceCall['outcome'], 'TIMED_OUT' | 'NOT_ASKED'>

/** A source's answer as it came, its errors masked. */
export interface GivenAnswer {
  readonly data: Record<string, unknown> | null
  readonly errors: readonly object[]
  readonly calls: readonly Pick<SourceCall, 'outcome' | 'group'>[]
}

/** Judges an answer entity by entity, or, without entities, as one. */
export function checkAnswer(answer: GivenAnswer, asked: Asked): Judged {
  const { representations } = asked
  const errors = answer.errors as readonly SourceError[]
  if (!representations) {
    const verdict = judge(answer.data ?? undefined, { asked, errors })
    const { entity, ...told } = tell(verdict, [], asked.source)
    return { ...told, data: entity, outcomeOf: () => outcomeOf([verdict], answer.calls) }
  }
  const received = answer.data?.[ENTITIES]
  const entities: readonly unknown[] = Array.isArray(received) ? received : []
  const verdicts = representations.map((representation, place) =>
    judge(entities[place], { asked, errors, representation, place }),
  )
  const final = withWholePatients(verdicts, asked)
  const told = final.map((verdict, place) => tell(verdict, [ENTITIES, place], asked.source))
  return {
    data: { [ENTITIES]: told.map(({ entity }) => entity) },
    errors: told.flatMap((one) => one.errors),
    findings: told.flatMap((one) => one.findings),
    outcomeOf(group) {
      const isOf = (own: string | undefined) => group === undefined || own === group
      return outcomeOf(
        final.filter((_, place) => isOf(asked.groupOf(representations[place] ?? {}))),
        answer.calls.filter((call) => isOf(call.group)),
      )
    },
  }
}

function judge(
  raw: unknown,
  given: {
    readonly asked: Asked
    readonly errors: readonly SourceError[]
    readonly representation?: Representation
    readonly place?: number
  },
): Verdict {
  const { asked, representation, place } = given
  const type = representation?.['__typename']
  const plan =
    representation && typeof type !== 'string'
      ? null
      : asked.query.planOf(asked.variables, type as string | undefined)
  const errors = errorsAt(given.errors, plan ?? NOTHING_ASKED, place)
  // Without data and with nothing said of it, something was asked for that did not come.
  return plan
    ? checkEntity(raw, {
        plan,
        source: asked.source,
        errors,
        server: serverOf(representation),
        identity: identityOf(asked, representation),
        isKnown: representation !== undefined && asked.isKnown(representation),
        variables: asked.variables,
      })
    : { kind: 'INVALID', where: ENTITIES }
}

const NOTHING_ASKED: EntityPlan = { isRecord: false, parts: [] }

function identityOf(asked: Asked, representation: Representation = {}): KnownIdentity {
  const number = representation['nhsNumber']
  const nhsNumbers = typeof number === 'string' ? [number] : []
  const known = asked.identityOf(representation)
  return known ?? { nhsNumbers, person: null, vouched: new Set() }
}

function serverOf(representation: Representation = {}): string | null {
  const { server } = representation as { server?: unknown }
  return typeof server === 'string' ? server : null
}

/**
 * One record of a patient that seems to be somebody else's leaves none of the source's believed, except
 * where its servers stand each for itself.
 */
function withWholePatients(verdicts: readonly Verdict[], asked: Asked): readonly Verdict[] {
  const doubted = new Set(
    verdicts.flatMap((verdict, place) =>
      verdict.kind === 'QUARANTINED' && serverOf(asked.representations?.[place]) === null
        ? identityOf(asked, asked.representations?.[place]).nhsNumbers
        : [],
    ),
  )
  if (doubted.size === 0) return verdicts
  const problem = verdicts.find((one) => one.kind === 'QUARANTINED')
  return verdicts.map((verdict, place) => {
    const representation = asked.representations?.[place]
    const number = representation?.['nhsNumber']
    const isDoubted = typeof number === 'string' && doubted.has(number)
    return problem && isDoubted && serverOf(representation) === null ? problem : verdict
  })
}

/** Codes of calls that brought no answer: they tell nothing of a call that did. */
const WITHOUT_ANSWER = new Set(['SOURCE_TIMED_OUT', 'SOURCE_NOT_ASKED'])

function outcomeOf(verdicts: readonly Verdict[], calls: GivenAnswer['calls']): JudgedOutcome {
  if (verdicts.some(({ kind }) => kind === 'QUARANTINED')) return 'QUARANTINED'
  const allAnswered = calls.every((call) => call.outcome === 'ANSWERED')
  const isFailed = (verdict: Verdict) =>
    verdict.kind === 'INVALID' ||
    (verdict.kind === 'FAILED' &&
      (allAnswered ||
        verdict.errors.some(({ extensions }) => !WITHOUT_ANSWER.has(extensions.code))))
  if (verdicts.some(isFailed)) return 'FAILED'
  const isNothing = (verdict: Verdict) => verdict.kind === 'SOUND' && verdict.entity === null
  if (verdicts.length > 0 && verdicts.every(isNothing)) return 'NO_ENTITY'
  if (verdicts.some((one) => one.kind === 'SOUND' && one.isUnconfirmed)) {
    return 'IDENTITY_UNCONFIRMED'
  }
  const isInPart = (verdict: Verdict) =>
    verdict.kind === 'SOUND' && (verdict.cuts.length > 0 || verdict.isPartial)
  return verdicts.some(isInPart) ? 'INCOMPLETE' : 'ANSWERED'
}
