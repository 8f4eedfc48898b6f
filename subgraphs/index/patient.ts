import { withShownNames } from '../kit/reading/shown-names.ts'
import { mayLocate, withoutLocation } from '../kit/reading/without-location.ts'
import { recordTypeName } from '../kit/schema/participant-sdl.ts'
import type { Identity } from './identity/decide-identity.ts'
import type { JoinedNumbers } from './identity/join-numbers.ts'
import type { Holder, KnownPatient, Located, LocatedIdentity } from './locate.ts'
import type { NationalState } from './national/national-desk.ts'

/** Answers the schema's `Patient`, all demographics included, without further resolvers. */
export interface IndexedPatient extends Demographics {
  readonly nhsNumber: string
  readonly requestedNhsNumber: string
  readonly supersededNhsNumbers: readonly string[]
  readonly isSensitive: boolean
  readonly identity: ShownIdentity
  readonly records: readonly IndexedRecord[]
}

/** A participant's record of a patient: its key. */
interface IndexedRecord extends Pick<Holder, 'nhsNumber' | 'server'> {
  readonly __typename: string
}

/** The schema's `PatientIdentity`. */
export interface ShownIdentity
  extends Pick<Identity, 'basis' | 'agreeing' | 'disagreeing' | 'unconfirmed'> {
  readonly unjoinedBy: readonly string[]
  readonly nationalService: NationalState
}

/** A contract's `Demographics`, as far as the index looks into it. */
interface Demographics {
  readonly name?: { readonly text?: string; readonly family?: string | null } | null
  readonly birthDate?: string | null
  readonly gender?: string | null
  readonly addresses?: readonly { readonly text?: string; readonly postcode?: string | null }[]
}

/** Who is to be shown a patient, as far as it matters here. */
export interface Reader {
  /** National activities of the reader's role; none when left out. */
  readonly activityCodes?: readonly string[]
}

/** The patient as a reader may see them: a sensitive one's location is for roles that hold B1611. */
export function shownTo(
  reader: Reader | undefined,
  { patient, wholePatient }: Pick<Located, 'patient' | 'wholePatient'>,
): IndexedPatient {
  return mayLocate(reader?.activityCodes) ? wholePatient : patient
}

/**
 * A patient from what the participants tell of them: the demographics of the source by which it was
 * decided who they are, whole, because parts of several would be nobody's; none where nothing decides.
 * What is not meant for who may see everything is without location as soon as one source flags the
 * patient sensitive.
 */
export function toPatient(parts: {
  readonly requested: string
  readonly numbers: JoinedNumbers
  readonly known: readonly KnownPatient[]
  readonly holders: readonly Holder[]
  readonly identity: LocatedIdentity
}): Pick<Located, 'patient' | 'wholePatient'> {
  const { requested, numbers, known, holders, identity } = parts
  const { current, all } = numbers
  const isSensitive = known.some((row) => row.is_sensitive)
  const wholePatient: IndexedPatient = {
    ...NOTHING_KNOWN,
    ...withShownNames(identity.demographics ?? {}),
    nhsNumber: current,
    requestedNhsNumber: requested,
    supersededNhsNumbers: [...all].filter((number) => number !== current).sort(),
    isSensitive,
    identity: toShown(identity),
    records: holders.map(({ participant, nhsNumber, server }) => ({
      __typename: recordTypeName(participant),
      nhsNumber,
      server,
    })),
  }
  return { wholePatient, patient: isSensitive ? withoutLocation(wholePatient) : wholePatient }
}

function toShown(identity: LocatedIdentity): ShownIdentity {
  const { basis, nationalService, agreeing, disagreeing, unconfirmed, unjoined } = identity
  return { basis, nationalService, agreeing, disagreeing, unconfirmed, unjoinedBy: unjoined }
}

/** False for a number that a source once used, and under which it knows nobody any more. */
export function isSomebody({ demographics, holds_record }: KnownPatient): boolean {
  const { name, birthDate } = demographics as Demographics
  return holds_record || Boolean(name ?? birthDate)
}

/** What the schema asks for even of a source that recorded nothing. */
const NOTHING_KNOWN = { addresses: [], telecom: [], contacts: [] }
