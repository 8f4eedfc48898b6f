import { dayOf } from '../kit/fhir/time.ts'
import { toNameKey } from '../kit/person/name-key.ts'
import { nameKeysOf, type SearchedName } from './name-keys.ts'
import { toPostcodeKey } from './search-keys.ts'

/** A contract's `Demographics`, as far as people are searched for by them. */
export interface SearchedDemographics {
  readonly name?: SearchedName | null | undefined
  readonly otherNames?: readonly SearchedName[] | null | undefined
  readonly formerNames?: readonly SearchedName[] | null | undefined
  readonly birthDate?: string | null | undefined
  readonly addresses?:
    | readonly { readonly postcode?: string | null | undefined }[]
    | null
    | undefined
}

/** The columns of a holder by which the search finds them. */
export interface HolderKeys {
  readonly birth_date: string | null
  readonly family_key: string | null
  readonly name_keys: readonly string[]
  readonly name_part_keys: readonly string[]
  readonly postcode_keys: readonly string[]
}

/** What somebody is found by: every name, present and former, and every present address. */
export function holderKeysOf(demographics: SearchedDemographics | null): HolderKeys {
  const { name, otherNames, formerNames, birthDate, addresses } = demographics ?? {}
  const names = [...(name ? [name] : []), ...(otherNames ?? []), ...(formerNames ?? [])]
  const { wholes, parts } = nameKeysOf(names)
  const postcodes = (addresses ?? []).flatMap(({ postcode }) => toPostcodeKey(postcode ?? '') ?? [])
  return {
    birth_date: dayOf(birthDate ?? null),
    family_key: name?.family ? toNameKey(name.family) : null,
    name_keys: wholes,
    name_part_keys: parts,
    postcode_keys: [...new Set(postcodes)],
  }
}
