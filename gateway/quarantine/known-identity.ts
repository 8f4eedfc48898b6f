import type { Located } from '../../subgraphs/index/locate.ts'
import { toNameKey } from '../../subgraphs/index/search-keys.ts'

/** Who a record that is asked for should be about, as the index knows it. */
export interface KnownIdentity {
  /** Every number that leads to this patient. */
  readonly nhsNumbers: readonly string[]
  /** ISO 8601, as precise as it is known. */
  readonly birthDate: string | null
  readonly familyName: string | null
}

/** A name and a date of birth, as far as somebody recorded them. */
export type Demographics = Pick<KnownIdentity, 'birthDate' | 'familyName'>

/** The identity of a patient whom the index has located. */
export function identityOf({ nhsNumber, holders, wholePatient }: Located): KnownIdentity {
  const { name, birthDate = null, supersededNhsNumbers } = wholePatient
  const held = holders.map((holder) => holder.nhsNumber)
  return {
    nhsNumbers: [...new Set([nhsNumber, ...supersededNhsNumbers, ...held])],
    birthDate,
    familyName: name?.family ?? null,
  }
}

/**
 * Whether two recordings cannot be of one person: date of birth and family name both differ. People
 * marry, and clerks mistype a date; what is absent or only a part of the other contradicts nothing.
 */
export function contradicts(one: Demographics, other: Demographics): boolean {
  return (
    areOtherDays(one.birthDate, other.birthDate) && areOtherNames(one.familyName, other.familyName)
  )
}

const WHOLE_DAY = /^\d{4}-\d\d-\d\d/

function areOtherDays(one: string | null, other: string | null): boolean {
  if (one === null || other === null || !WHOLE_DAY.test(one) || !WHOLE_DAY.test(other)) return false
  return one.slice(0, 10) !== other.slice(0, 10)
}

function areOtherNames(one: string | null, other: string | null): boolean {
  const [parts, otherParts] = [partsOf(one), partsOf(other)]
  if (parts.length === 0 || otherParts.length === 0) return false
  if (parts.join('') === otherParts.join('')) return false
  return !(isPartOf(parts, otherParts) || isPartOf(otherParts, parts))
}

/** `Smith` of `Okafor-Smith`, `S.` of `Smith`. */
function isPartOf(parts: readonly string[], whole: readonly string[]): boolean {
  return parts.every((part) =>
    whole.some((name) => name === part || (part.length === 1 && name.startsWith(part))),
  )
}

function partsOf(name: string | null): string[] {
  return (name ?? '').split(/[\s\p{Pd}]+/u).flatMap((part) => toNameKey(part) ?? [])
}
