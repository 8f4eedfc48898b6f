import { combineServers } from '../../fhir/combine-patients.ts'
import type { CombinedPatient } from '../../fhir/mapping.ts'
import type { HeldPatient } from '../../reading/read-slices.ts'
import { type ReadPatient, saidAt } from '../record/read-patients.ts'
import type { KnownPatient } from '../record/request-record.ts'

/**
 * One patient as several servers describe them: the one that changed its Patient last speaks, any makes
 * them sensitive. Servers that may have different people each stand for themselves.
 */
export function combineWho(patients: readonly ReadPatient[]): CombinedPatient {
  return combineServers(patients.toSorted((one, other) => saidAt(other) - saidAt(one)))
}

/**
 * The patient as a whole. Null for one of whom nothing is held that may be shared, as `isHeld` has it:
 * somebody of whom all that is known may never be shared is answered like one who is not known. An error
 * where no server shows anything and one cannot say whether it has something.
 *
 * @param now what a record is dated by whose servers date nothing
 */
export function combinePatients(
  known: readonly KnownPatient[],
  now: () => Date,
): HeldPatient | null | Error {
  if (known.length === 0) return null
  const { demographics, isSensitive } = combineWho(known.map(({ patient }) => patient))
  const shares = new Set(known.map((one) => one.shares))
  if (!shares.has('SOMETHING')) {
    const unknown = [...shares].find((one) => one instanceof Error)
    if (unknown !== undefined) return unknown
    if (shares.has('WITHHELD')) return null
    if ((demographics.name ?? demographics.birthDate ?? null) === null) return null
  }
  const times = known.flatMap(({ changedAt }) => changedAt?.getTime() ?? [])
  return {
    demographics,
    isSensitive,
    asOf: times.length > 0 ? new Date(Math.max(...times)) : now(),
  }
}
