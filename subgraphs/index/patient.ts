import { withoutLocation } from '../kit/reading/without-location.ts'
import { recordTypeName } from '../kit/schema/participant-sdl.ts'
import type { Holder, KnownPatient } from './locate.ts'

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

/**
 * A patient from what the participants tell of them: the demographics of the one that changed last
 * (of equals, the first by code), whole, because parts of several would be nobody's.
 */
export function toPatient(parts: {
  readonly current: string
  readonly requested: string
  readonly all: ReadonlySet<string>
  readonly known: readonly KnownPatient[]
  readonly holders: readonly Holder[]
}): IndexedPatient {
  const { current, requested, all, known, holders } = parts
  const { demographics, isSensitive } = mergeDemographics(known)
  return {
    ...demographics,
    nhsNumber: current,
    requestedNhsNumber: requested,
    supersededNhsNumbers: [...all].filter((number) => number !== current).sort(),
    isSensitive,
    records: holders.map(({ participant, nhsNumber }) => ({
      __typename: recordTypeName(participant),
      nhsNumber,
    })),
  }
}

/** False for a number that a source once used, and under which it knows nobody any more. */
export function isSomebody({ demographics, holds_record }: KnownPatient): boolean {
  const { name, birthDate } = demographics as Demographics
  return holds_record || Boolean(name ?? birthDate)
}

/** The demographics to show; without location as soon as one source flags the patient sensitive. */
function mergeDemographics(known: readonly KnownPatient[]): {
  readonly demographics: Demographics
  readonly isSensitive: boolean
} {
  const [latest] = known
    .filter(isSomebody)
    .sort(
      (a, b) => b.as_of.getTime() - a.as_of.getTime() || (a.participant < b.participant ? -1 : 1),
    )
  const isSensitive = known.some((row) => row.is_sensitive)
  const demographics = { ...NOTHING_KNOWN, ...latest?.demographics }
  return { demographics: isSensitive ? withoutLocation(demographics) : demographics, isSensitive }
}

/** What the schema asks for even of a source that recorded nothing. */
const NOTHING_KNOWN = { addresses: [], telecom: [], contacts: [] }
