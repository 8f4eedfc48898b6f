import { isSameName, readUserName } from './names.ts'
import { isFlaggedAlready, type Known, type Look, type Rule } from './rule.ts'

/** Refused looks count: whose record it is does not depend on whether it was shown. */
export const ownRecord: Rule = {
  name: 'OWN_RECORD',
  explanation:
    "Somebody looked, or tried to look, at their own record: the staff register says that they are this patient or, where it does not know them, their given name and family name are the patient's. Once a day for each user and patient. Not flagged: a name that is only similar, a namesake of somebody whom the register knows, a search.",
  find(look, known) {
    const basis = basisOf(look, known)
    if (basis === null || isFlaggedAlready('OWN_RECORD', look, known)) return null
    const facts = { basis, ...(look.refusal && { refusal: look.refusal }) }
    return { isAboutPatient: true, facts }
  },
}

/** Whether the user is the patient, as far as anybody knows. */
export function isOwnRecord(look: Look, known: Known): boolean {
  return basisOf(look, known) !== null
}

function basisOf({ user }: Look, { patient, register }: Known): 'STAFF_REGISTER' | 'NAME' | null {
  if (register.ofUser.length > 0) {
    return register.ofUser.some((number) => patient.numbers.includes(number))
      ? 'STAFF_REGISTER'
      : null
  }
  const readings = readUserName(user.name)
  const isNamesake = patient.names.some((name) =>
    readings.some((reading) => isSameName(reading, name)),
  )
  return isNamesake ? 'NAME' : null
}
