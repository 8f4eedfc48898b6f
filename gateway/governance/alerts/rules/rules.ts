import { colleagueRecord } from './colleague-record.ts'
import { outOfHours } from './out-of-hours.ts'
import { ownRecord } from './own-record.ts'
import type { Rule } from './rule.ts'
import { sameSurname } from './same-surname.ts'
import { unusualVolume } from './unusual-volume.ts'

/** Raised with the claim itself: see ../../emergency/claim-emergency-access.ts. */
const emergencyAccess: Rule = {
  name: 'EMERGENCY_ACCESS',
  explanation:
    'Somebody claimed emergency access to a patient with whom their organisation has no relationship. Every claim is flagged, in the same moment. Not flagged: claiming once more while a claim is open.',
}

/** Raised from what came of a look: see ../watcher/wrong-records.ts. */
const wrongPatientRecord: Rule = {
  name: 'WRONG_PATIENT_RECORD',
  explanation:
    "Your participant's system was asked for the record of this patient and sent one that seems to be about somebody else: with another NHS number, or with both another date of birth and another family name than the index knows. It was shown to nobody. Find out whose record it is, and whether it stands under the wrong number. Once a day for each patient. The user named is who asked, and did nothing wrong. Not flagged: a record in which only the name or only the date differs.",
}

/** Raised where another rule breaks: see ../watcher/judge.ts. */
const ruleFailed: Rule = {
  name: 'RULE_FAILED',
  explanation:
    'A rule broke on a look at a record, so that nobody knows whether it is to be flagged: look through what the user opened on that day. Once a day for each user. The other rules were applied.',
}

/** Every reason for an alert there is. */
export const rules: readonly Rule[] = [
  emergencyAccess,
  ownRecord,
  sameSurname,
  colleagueRecord,
  unusualVolume,
  outOfHours,
  wrongPatientRecord,
  ruleFailed,
]
