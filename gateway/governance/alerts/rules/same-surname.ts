import { familyKeysOf, readUserName } from './names.ts'
import { isOwnRecord } from './own-record.ts'
import { isFlaggedAlready, type Rule } from './rule.ts'

/** Refused looks do not count: nothing was seen, and a name alone is weak evidence of intent. */
export const sameSurname: Rule = {
  name: 'SAME_SURNAME',
  explanation:
    "Somebody opened the record of a patient who has their family name: perhaps a relative. Once a day for each user and patient. Not flagged: a common name, which more than 1 in 200 of the patients in the index bear, and more than ten of them; a name that is only similar; a refused look; one's own record, which is flagged as that.",
  find(look, known) {
    if (look.refusal !== null || isOwnRecord(look, known)) return null
    const families = familyKeysOf(known.patient.names)
    const isSame = readUserName(look.user.name).some(
      ({ familyKey }) => families.has(familyKey) && !known.isCommonName(familyKey),
    )
    if (!isSame || isFlaggedAlready('SAME_SURNAME', look, known)) return null
    return { isAboutPatient: true, facts: {} }
  },
}
