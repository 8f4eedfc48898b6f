import type { Organisation, Participant } from '../../kit/participant.ts'
import type { RelationshipKind } from '../../kit/store/tables.ts'
import { NATIONAL_SERVICE } from '../identity/claim.ts'

/** Whose an organisation is, and what it is. */
export interface Owned extends Pick<Organisation, 'kind'> {
  /** The participant's code. */
  readonly participant: string
}

/** Organisations by ODS code. */
export type Owners = ReadonlyMap<string, Owned>

/** Why a relationship opens nothing, whatever else is known: a code, and what it means to an operator. */
export const unheardReasons = {
  OUTSIDE:
    'the organisation belongs to no participant, so nobody there can ask: usual for practices elsewhere',
  ANOTHER_PARTICIPANT: 'it is for another participant to tell, whose organisation it is',
  NOBODY_REFERRED: 'the referral names nobody who referred',
  NO_PRACTICE: 'patients are registered with general practices, and the organisation is none',
} as const

export type UnheardReason = keyof typeof unheardReasons

/** A relationship as far as who may tell it depends on it. */
export interface ToldRelationship {
  readonly kind: RelationshipKind
  /** The code of the participant whose feed tells it. */
  readonly participant: string
  readonly odsCode: string
  /** Who referred, by ODS code. */
  readonly referrer: string | null
}

/** Relationships of one kind that open nothing, for one reason. */
export interface UnheardCount {
  readonly kind: RelationshipKind
  readonly reason: UnheardReason
  readonly relationships: number
}

/** Counts the relationships that open nothing, by kind and reason; of no patient in particular. */
export function countUnheard(
  told: readonly (ToldRelationship & { readonly relationships: number })[],
  owners: Owners,
): UnheardCount[] {
  const counts = new Map<string, UnheardCount>()
  for (const one of told) {
    const { kind } = one
    const reason = whyUnheard(one, owners)
    if (reason === null) continue
    const key = `${kind} ${reason}`
    const relationships = (counts.get(key)?.relationships ?? 0) + one.relationships
    counts.set(key, { kind, reason, relationships })
  }
  return [...counts.values()]
}

export function ownersOf(participants: readonly Participant[]): Owners {
  return new Map(
    participants.flatMap(({ code, organisations }) =>
      organisations.map(({ odsCode, kind }) => [odsCode, { participant: code, kind }] as const),
    ),
  )
}

/**
 * Why nobody listens to who tells a relationship; null where it is for them to tell. Each organisation's own
 * source tells of it; a referral is also the referrer's to tell, a registration the national service's.
 */
export function whyUnheard(told: ToldRelationship, owners: Owners): UnheardReason | null {
  const { kind, participant, odsCode, referrer } = told
  if (kind === 'GP_REGISTRATION' && participant === NATIONAL_SERVICE) return null
  const owner = owners.get(odsCode)
  if (owner === undefined) return 'OUTSIDE'
  if (kind === 'GP_REGISTRATION' && owner.kind !== 'GP_PRACTICE') return 'NO_PRACTICE'
  if (kind === 'REFERRAL') {
    if (referrer === null) return 'NOBODY_REFERRED'
    if (owners.get(referrer)?.participant === participant) return null
  }
  return owner.participant === participant ? null : 'ANOTHER_PARTICIPANT'
}
