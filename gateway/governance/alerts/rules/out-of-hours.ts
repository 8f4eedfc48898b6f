import type { OrganisationKind } from '../../../../subgraphs/kit/generated/contract.ts'
import { nightOf } from './night.ts'
import type { Rule } from './rule.ts'

/** Kinds of organisations that work by day. All others have staff on duty at night. */
const BY_DAY: readonly OrganisationKind[] = ['GP_PRACTICE', 'SOCIAL_CARE']

/** One or two patients in a night may have called; from here on it is a pattern. */
const PATTERN = 3

/** Refused looks do not count: nothing was seen. */
export const outOfHours: Rule = {
  name: 'OUT_OF_HOURS',
  explanation:
    'Somebody of an organisation that works by day, a general practice or social care, opened the records of three or more different patients in one night, between 22:00 and 06:00 in London. Once for each user and night. Not flagged: hospitals, community and mental health trusts, NHS 111 and out-of-hours providers; one or two patients; the same patient again; refused looks; what the same person opened at another organisation.',
  find(look, known) {
    if (look.refusal !== null || known.organisationKind === null) return null
    const night = nightOf(look.at)
    if (night === null || !BY_DAY.includes(known.organisationKind)) return null
    const patients = known.patientsSince(night.begins, 'AT_THIS_ORGANISATION')
    const last = known.lastFlagged('OUT_OF_HOURS')
    if (patients < PATTERN || (last !== null && last >= night.begins)) return null
    return { isAboutPatient: false, facts: { patients, nightOf: night.evening } }
  },
}
