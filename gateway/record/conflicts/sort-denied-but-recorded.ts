import { sortsDenied } from '../../../subgraphs/kit/fhir/allergy-denials.ts'
import {
  type Conflict,
  conflictOf,
  namesOf,
  type TestifiedEntry,
  type Testimony,
} from './conflict.ts'
import { isInForce } from './in-force.ts'

/**
 * One source says that no allergy of one sort is known (no known drug allergy), another records one in
 * force that is of the sort, or of which it does not say what sort it is.
 */
export function sortDeniedButRecorded(
  section: string,
  testimonies: readonly Testimony[],
): Conflict[] {
  const shown = testimonies.flatMap((one) => one.shown)
  return shown.flatMap((denial) => {
    if (denial.status !== 'NO_KNOWN_RISK' || denial.verification === 'REFUTED') return []
    const sorts = sortsDenied(denial.substances.map(toCoding))
    const against = shown.filter((entry) => isAgainst(sorts, denial, entry, section))
    if (sorts.length === 0 || against.length === 0) return []
    const text = `Stated by ${denial.name}: no allergy of one sort is known (${sorts.join(', ')}). Recorded by ${namesOf(against)}: entries in force that may be of it.`
    const entries = [denial, ...against]
    return [conflictOf('NONE_KNOWN_BUT_RECORDED', text, { sources: entries, entries })]
  })
}

function isAgainst(
  sorts: readonly string[],
  denial: TestifiedEntry,
  entry: TestifiedEntry,
  section: string,
): boolean {
  if (entry.participant === denial.participant || !isInForce(section, entry)) return false
  return entry.categories.length === 0 || entry.categories.some((one) => sorts.includes(one))
}

function toCoding(substance: string) {
  const end = substance.lastIndexOf('|')
  return { system: substance.slice(0, end), code: substance.slice(end + 1) }
}
