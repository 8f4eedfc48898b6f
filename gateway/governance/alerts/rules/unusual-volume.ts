import { isFlaggedAlready, type Rule } from './rule.ts'

const HOUR_MS = 3_600_000

/** Refused looks do not count: what is unusual here is how much was seen. */
export const unusualVolume: Rule = {
  name: 'UNUSUAL_VOLUME',
  explanation:
    'Somebody opened the records of more different patients within an hour than LCR_ALERT_PATIENTS_PER_HOUR allows for (60 unless set otherwise). Once in 24 hours for each user. Not flagged: exactly as many, the same patient however often, refused looks, searches.',
  find(look, known) {
    if (look.refusal !== null) return null
    // An hour has passed after an hour, not after less: what was opened just then is outside.
    const anHourAgo = new Date(look.at.getTime() - HOUR_MS + 1)
    const patients = known.patientsSince(anHourAgo, 'ANYWHERE')
    if (patients <= known.patientsPerHour) return null
    if (isFlaggedAlready('UNUSUAL_VOLUME', look, known)) return null
    return {
      isAboutPatient: false,
      facts: { patients, withinMinutes: 60, usual: known.patientsPerHour },
    }
  },
}
