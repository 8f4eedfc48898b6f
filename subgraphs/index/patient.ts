import { mayLocate, withoutLocation } from '../kit/reading/without-location.ts'
import { recordTypeName } from '../kit/schema/participant-sdl.ts'
import type { Holder, KnownPatient, Located } from './locate.ts'

/** Answers the schema's `Patient`, all demographics included, without further resolvers. */
export interface IndexedPatient extends Demographics {
  readonly nhsNumber: string
  readonly requestedNhsNumber: string
  readonly supersededNhsNumbers: readonly string[]
  readonly isSensitive: boolean
  readonly records: readonly { readonly __typename: string; readonly nhsNumber: string }[]
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
 * A patient from what the participants tell of them: the demographics of the one that changed last
 * (of equals, the first by code), whole, because parts of several would be nobody's. What is not
 * meant for who may see everything is without location as soon as one source flags the patient sensitive.
 */
export function toPatient(parts: {
  readonly current: string
  readonly requested: string
  readonly all: ReadonlySet<string>
  readonly known: readonly KnownPatient[]
  readonly holders: readonly Holder[]
}): Pick<Located, 'patient' | 'wholePatient'> {
  const { current, requested, all, known, holders } = parts
  const isSensitive = known.some((row) => row.is_sensitive)
  const wholePatient: IndexedPatient = {
    ...latestDemographics(known),
    nhsNumber: current,
    requestedNhsNumber: requested,
    supersededNhsNumbers: [...all].filter((number) => number !== current).sort(),
    isSensitive,
    records: holders.map(({ participant, nhsNumber }) => ({
      __typename: recordTypeName(participant),
      nhsNumber,
    })),
  }
  return { wholePatient, patient: isSensitive ? withoutLocation(wholePatient) : wholePatient }
}

/** False for a number that a source once used, and under which it knows nobody any more. */
export function isSomebody({ demographics, holds_record }: KnownPatient): boolean {
  const { name, birthDate } = demographics as Demographics
  return holds_record || Boolean(name ?? birthDate)
}

function latestDemographics(known: readonly KnownPatient[]): Demographics {
  const [latest] = known
    .filter(isSomebody)
    .sort(
      (a, b) => b.as_of.getTime() - a.as_of.getTime() || (a.participant < b.participant ? -1 : 1),
    )
  return { ...NOTHING_KNOWN, ...latest?.demographics }
}

/** What the schema asks for even of a source that recorded nothing. */
const NOTHING_KNOWN = { addresses: [], telecom: [], contacts: [] }
