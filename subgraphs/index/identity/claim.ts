import { type Person, toPerson, type WrittenPerson } from '../../kit/person/person.ts'
import type { KnownPatient } from '../locate.ts'

/** The code under which the index keeps what the national demographics service tells. */
export const NATIONAL_SERVICE = 'pds'

/** What one source says of who bears an NHS number. */
export interface Claim {
  readonly participant: string
  readonly nhsNumber: string
  readonly person: Person
  /** The contract's `Demographics`, whole. */
  readonly demographics: object
  /** ODS code of the practice where it has the patient registered. */
  readonly practice: string | null
  readonly asOf: Date
}

/** A source's claim, as its feed told it. */
export function toClaim(known: KnownPatient): Claim {
  const { participant, nhs_number: nhsNumber, demographics, as_of: asOf } = known
  const { generalPractice } = demographics as {
    readonly generalPractice?: { readonly odsCode?: string | null } | null
  }
  return {
    participant,
    nhsNumber,
    demographics,
    person: toPerson(demographics as WrittenPerson),
    practice: generalPractice?.odsCode ?? null,
    asOf,
  }
}
