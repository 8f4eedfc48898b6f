import { toPerson, type WrittenPerson } from '../../subgraphs/kit/person/person.ts'
import { isObject, type Json, namesSomebody } from '../record/section-source.ts'
import type { Variables } from '../record/values.ts'
import { disagreementIn } from './check-section.ts'
import { Violation } from './check-value.ts'
import type { IdentityProblem } from './finding.ts'
import { DEMOGRAPHICS_KEY, ENTITIES, NUMBER_KEY } from './identity-selection.ts'
import { belongingOf, type KnownIdentity } from './known-identity.ts'
import type { OwnErrors, SourceError } from './own-errors.ts'
import type { EntityPlan, PartPlan } from './prepared-query.ts'

/** A section of an entity that is not shown, and why. */
export type Cut = { readonly part: PartPlan } & (
  | { readonly where: string }
  | { readonly errors: readonly SourceError[] }
)

/** What is to be made of one entity of a source's answer. */
export type Verdict =
  | {
      readonly kind: 'SOUND'
      readonly entity: Json | null
      readonly cuts: readonly Cut[]
      /** Whether the source holds something of a section that it does not show. */
      readonly isPartial: boolean
      /** Whether it stands by itself alone, since it cannot be told whether it is about the patient. */
      readonly isUnconfirmed: boolean
    }
  /** The source says itself that it could not answer. */
  | { readonly kind: 'FAILED'; readonly errors: readonly SourceError[] }
  | { readonly kind: 'INVALID'; readonly where: string }
  | { readonly kind: 'QUARANTINED'; readonly problem: IdentityProblem }

/** What one entity was asked for with, and what the source itself says went wrong in it. */
export interface AskedEntity {
  readonly plan: EntityPlan
  /** The code of the participant that was asked. */
  readonly source: string
  /** The one server of the participant whose record it is; null for the record of all of them. */
  readonly server: string | null
  /** Whose record it should be; of a record alone. */
  readonly identity: KnownIdentity
  /** Whether the source's own feed says that it holds this one. */
  readonly isKnown: boolean
  readonly errors: OwnErrors
  readonly variables: Variables
}

/**
 * Judges one entity: first whom it is about, then whether it is what was asked for. A violation within
 * a section costs this section, any other the whole entity.
 *
 * @param raw undefined for an entity that did not come; null for one of which the source knows nothing,
 *   which is not believed where its own feed says that it does
 */
export function checkEntity(raw: unknown, asked: AskedEntity): Verdict {
  const { plan, errors, isKnown } = asked
  const doubt = plan.isRecord && isObject(raw) ? doubtOf(raw, asked) : null
  if (doubt !== 'UNCONFIRMED' && doubt?.kind === 'QUARANTINED') return doubt
  if (errors.ofWhole.length > 0) return { kind: 'FAILED', errors: errors.ofWhole }
  const isUnconfirmed = doubt === 'UNCONFIRMED'
  if (doubt && !isUnconfirmed) return doubt
  if (raw === null && errors.ofParts.size > 0) {
    return { kind: 'FAILED', errors: [...errors.ofParts.values()].flat() }
  }
  if (raw === null && !isKnown) {
    return { kind: 'SOUND', entity: null, cuts: [], isPartial: false, isUnconfirmed: false }
  }
  if (!isObject(raw)) return { kind: 'INVALID', where: ENTITIES }
  return soundParts(raw, asked, isUnconfirmed)
}

function soundParts(
  raw: Json,
  { plan, errors, variables }: AskedEntity,
  isUnconfirmed: boolean,
): Verdict {
  const entity: Record<string, unknown> = {}
  const cuts: Cut[] = []
  let isPartial = false
  for (const part of plan.parts) {
    const own = errors.ofParts.get(part.key)
    const value = own ? null : checkPart(part, raw[part.key], variables)
    if (value instanceof Violation && !part.isSection) {
      return { kind: 'INVALID', where: value.where }
    }
    if (own) cuts.push({ part, errors: own })
    else if (value instanceof Violation) cuts.push({ part, where: value.where })
    else isPartial ||= isShownInPart(part, value)
    if (!part.isAdded) entity[part.key] = value instanceof Violation ? null : value
  }
  return { kind: 'SOUND', entity, cuts, isPartial, isUnconfirmed }
}

/** Whether a source says of a section that it does not show all that it holds. */
function isShownInPart({ section }: PartPlan, value: unknown): boolean {
  if (!section || !isObject(value)) return false
  return section.keptBack.some((key) => namesSomebody(value, key))
}

/** A part as it was asked for; a section that also agrees with itself. */
function checkPart(part: PartPlan, raw: unknown, variables: Variables): unknown {
  const value = part.check(raw)
  if (!part.section || value instanceof Violation) return value
  return disagreementIn(value, part.section, variables) ?? value
}

/** Why a record cannot be believed to be about the patient; null when it can. */
function doubtOf(
  raw: Json,
  { plan, identity, source, server }: AskedEntity,
): Exclude<Verdict, { kind: 'SOUND' }> | 'UNCONFIRMED' | null {
  const number = partOf(plan, raw, NUMBER_KEY)
  if (typeof number === 'string' && !identity.nhsNumbers.includes(number)) {
    return { kind: 'QUARANTINED', problem: 'ANOTHER_NHS_NUMBER' }
  }
  const demographics = partOf(plan, raw, DEMOGRAPHICS_KEY)
  const broken = [number, demographics].find((value) => value instanceof Violation)
  if (broken instanceof Violation) return { kind: 'INVALID', where: broken.where }
  const recorded = toPerson(demographics as WrittenPerson | null)
  const record = { participant: source, server, nhsNumber: String(number), recorded }
  switch (belongingOf(identity, record)) {
    case 'CONTRADICTED':
      return { kind: 'QUARANTINED', problem: 'OTHER_DEMOGRAPHICS' }
    case 'UNCONFIRMED':
      return 'UNCONFIRMED'
    case 'CONFIRMED':
      return null
  }
}

/** Nothing that could not be checked is let through. */
function partOf({ parts }: EntityPlan, raw: Json, key: string): unknown {
  const part = parts.find((one) => one.key === key)
  return part ? part.check(raw[key]) : new Violation(ENTITIES)
}
