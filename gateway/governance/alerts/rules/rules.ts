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
  ruleFailed,
]
