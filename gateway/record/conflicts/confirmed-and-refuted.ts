import {
  type Conflict,
  conflictOf,
  namesOf,
  type TestifiedEntry,
  type Testimony,
} from './conflict.ts'
import { isInForce } from './in-force.ts'

/**
 * One source confirms an allergy that is in force, another has refuted one to the same substance, or
 * knows of no risk from it, by any of its codes.
 */
export function confirmedAndRefuted(
  section: string,
  testimonies: readonly Testimony[],
): Conflict[] {
  const shown = testimonies.flatMap((one) => one.shown)
  const confirmed = shown.filter(
    (entry) => entry.verification === 'CONFIRMED' && isInForce(section, entry),
  )
  const refuted = shown.filter(
    ({ verification, status }) => verification === 'REFUTED' || status === 'NO_KNOWN_RISK',
  )
  return confirmed.flatMap((entry) => {
    const against = refuted.filter((other) => isAgainst(entry, other))
    if (against.length === 0) return []
    const text = `An allergy that ${entry.name} confirms was refuted or is denied by ${namesOf(against)}.`
    const entries = [entry, ...against]
    return [conflictOf('CONFIRMED_AND_REFUTED', text, { sources: entries, entries })]
  })
}

function isAgainst(entry: TestifiedEntry, other: TestifiedEntry): boolean {
  if (entry.participant === other.participant) return false
  return entry.substances.some((code) => other.substances.includes(code))
}
