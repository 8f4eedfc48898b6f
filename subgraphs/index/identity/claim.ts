import { type Person, toPerson, type WrittenPerson } from '../../kit/person/person.ts'
import type { KnownPatient } from '../locate.ts'

/** The code under which the index keeps what the national demographics service tells. */
export const NATIONAL_SERVICE = 'pds'

/** Who tells something: a participant, or one of its servers where these may have different people. */
export interface Teller {
  readonly participant: string
  /** Null where the participant tells as one. */
  readonly server: string | null
}

/** A teller in a set. */
export function tellerKey({ participant, server }: Teller): string {
  return server === null ? participant : `${participant} ${server}`
}

/** What one source says of who bears an NHS number. */
export interface Claim extends Teller {
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
  const { participant, server, nhs_number: nhsNumber, demographics, as_of: asOf } = known
  const { generalPractice } = demographics as {
    readonly generalPractice?: { readonly odsCode?: string | null } | null
  }
  return {
    participant,
    server,
    nhsNumber,
    demographics,
    person: toPerson(demographics as WrittenPerson),
    practice: generalPractice?.odsCode ?? null,
    asOf,
  }
}
