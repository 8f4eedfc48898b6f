import type { Demographics } from '../generated/contract.ts'
import { mayBeOne } from '../person/compare-people.ts'
import { toPerson } from '../person/person.ts'
import type { MappedPatient } from './mapping.ts'

/**
 * One patient from several Patient resources of one source under one NHS number: the first speaks, any
 * makes them sensitive. Where they cannot be told to be one person, nobody speaks, and no link is theirs.
 */
export function combinePatients(
  first: MappedPatient,
  others: readonly MappedPatient[],
): MappedPatient {
  const all = [first, ...others]
  const speaker = toPerson(first.demographics)
  const isDisputed =
    all.some((patient) => patient.isDisputed) ||
    others.some(({ demographics }) => !mayBeOne(speaker, toPerson(demographics)))
  const isSensitive = all.some((patient) => patient.isSensitive)
  if (isDisputed) {
    return {
      demographics: NOBODY,
      isSensitive,
      supersededBy: null,
      supersedes: [],
      isDisputed,
    }
  }
  return {
    demographics: first.demographics,
    isSensitive,
    supersededBy: all.map((patient) => patient.supersededBy).find((one) => one !== null) ?? null,
    supersedes: [...new Set(all.flatMap((patient) => patient.supersedes))].sort(),
    isDisputed,
  }
}

const NOBODY: Demographics = {
  name: null,
  otherNames: [],
  formerNames: [],
  birthDate: null,
  gender: null,
  deceasedAt: null,
  isDeceased: null,
  addresses: [],
  telecom: [],
  generalPractice: null,
  language: null,
  contacts: [],
}
