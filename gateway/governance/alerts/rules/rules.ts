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

/** Raised from what came of a look: see ../watcher/wrong-records.ts. */
const identityUndecided: Rule = {
  name: 'IDENTITY_UNDECIDED',
  explanation:
    'Your participant and others have different people under this NHS number, by name and date of birth, and nothing decides who is right: neither the national service nor the source of a practice where the patient is registered, nor most sources. No merged record is shown of anybody until it is settled. Find out with the other participants whose number it is. Once a day for each patient. The user named is who asked, and did nothing wrong. Not flagged: sources of which one leaves the name or the date of birth out.',
}

/** Raised from what came of a look: see ../watcher/wrong-records.ts. */
const numbersNotJoined: Rule = {
  name: 'NUMBERS_NOT_JOINED',
  explanation:
    "Your participant's system says that this NHS number and another are one person's, by a link or an old number. It is not followed: the people known under the two differ, or too little is known to tell, or as many sources say otherwise. Find out whether the link is right, and mend it or the demographics. Once a day for each patient. The user named is who asked, and did nothing wrong. Not flagged: a link whose ends agree, or that the national service makes itself.",
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
  identityUndecided,
  numbersNotJoined,
  ruleFailed,
]
