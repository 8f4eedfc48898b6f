import type { Teller } from '../../subgraphs/index/identity/claim.ts'
import { vouchedBy } from '../../subgraphs/index/identity/decide-identity.ts'
import type { Located } from '../../subgraphs/index/locate.ts'
import { confirms, contradict } from '../../subgraphs/kit/person/compare-people.ts'
import type { Person } from '../../subgraphs/kit/person/person.ts'

/** Who a record that is asked for should be about, as the index has decided it. */
export interface KnownIdentity {
  /** Every number that leads to this patient. */
  readonly nhsNumbers: readonly string[]
  /** Null where nothing decides who the patient is, and for a number that stands for nobody known. */
  readonly person: Person | null
  /** By whose claims it was decided, as `vouchedBy` writes them: they may leave something out. */
  readonly vouched: ReadonlySet<string>
}

/** What a record says of whom it is about: of this patient, of somebody else, or too little to tell. */
export type Belonging = 'CONFIRMED' | 'UNCONFIRMED' | 'CONTRADICTED'

/** The identity of a patient whom the index has located. */
export function identityOf({ nhsNumber, holders, patient, identity }: Located): KnownIdentity {
  const held = holders.map((holder) => holder.nhsNumber)
  return {
    nhsNumbers: [...new Set([nhsNumber, ...patient.supersededNhsNumbers, ...held])],
    person: identity.person,
    vouched: identity.vouched,
  }
}

/**
 * Whether a record under the patient's number is about them. Nobody's is where nothing decides who the
 * patient is. A source by whose claim it was decided is believed unless its record now contradicts.
 */
export function belongingOf(
  { person, vouched }: KnownIdentity,
  record: Teller & { readonly nhsNumber: string; readonly recorded: Person },
): Belonging {
  if (person === null) return 'UNCONFIRMED'
  if (contradict(person, record.recorded)) return 'CONTRADICTED'
  if (vouched.has(vouchedBy(record))) return 'CONFIRMED'
  return confirms(person, record.recorded) ? 'CONFIRMED' : 'UNCONFIRMED'
}
