import { NATIONAL_SERVICE } from '../../subgraphs/index/identity/claim.ts'
import { type Owners, whyUnheard } from '../../subgraphs/index/relationships/why-unheard.ts'
import { isInForce, type Relationship } from './relationships.ts'

/** What it takes to tell which relationships with one patient count. */
export interface Judging {
  readonly owners: Owners
  readonly now: Date
  /** Whether who tells it has said of whom they mean what contradicts what was decided. */
  isDisbelieved(told: Relationship): boolean
}

/**
 * The relationships with one patient that count, each until it ends: question 6, by who tells them. Of
 * registrations, the national service's alone where it has any; one ends when a newer one elsewhere begins. A
 * referral counts where who referred has a relationship that counts, when it was written or now: another kind, or
 * a referral that counts by the same rule, so that no circle of referrals opens anything.
 *
 * @param told all that may bear on each other: see `relationshipRows`
 */
export function countingRelationships(
  told: readonly Relationship[],
  { owners, now, isDisbelieved }: Judging,
): Relationship[] {
  const heard = told.filter((one) => !isDisbelieved(one) && whyUnheard(one, owners) === null)
  const counting = heard.filter(({ kind }) => kind !== 'GP_REGISTRATION' && kind !== 'REFERRAL')
  counting.push(
    ...currentRegistrations(
      heard.filter(({ kind }) => kind === 'GP_REGISTRATION'),
      now,
    ),
  )
  let undecided = heard.filter(({ kind }) => kind === 'REFERRAL')
  for (;;) {
    const found = undecided.filter((one) => isByARelated(one, counting, now))
    if (found.length === 0) return counting
    counting.push(...found)
    undecided = undecided.filter((one) => !found.includes(one))
  }
}

function isByARelated(
  { referrer, startsAt, recordedAt }: Relationship,
  counting: readonly Relationship[],
  now: Date,
): boolean {
  const written = startsAt ?? recordedAt
  return counting.some(
    (one) =>
      one.odsCode === referrer &&
      (isInForce(one, now) || (written !== null && isInForce(one, written))),
  )
}

function currentRegistrations(heard: readonly Relationship[], now: Date): Relationship[] {
  // What the national service said counts no longer than its answer is kept.
  const national = heard.filter(
    (one) => one.participant === NATIONAL_SERVICE && isInForce(one, now),
  )
  const all = national.length > 0 ? national : heard
  return all.map((one) => {
    const newer = all
      .filter(({ odsCode }) => odsCode !== one.odsCode)
      .map(beginningOf)
      .filter((beginning) => beginning > beginningOf(one))
    const next = Math.min(...newer, one.endsAt?.getTime() ?? Number.POSITIVE_INFINITY)
    return Number.isFinite(next) ? { ...one, endsAt: new Date(next) } : one
  })
}

/** One without any date is the oldest. */
function beginningOf({ startsAt, recordedAt }: Relationship): number {
  return (startsAt ?? recordedAt)?.getTime() ?? Number.NEGATIVE_INFINITY
}
