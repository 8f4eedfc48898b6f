import { isOwnRecord } from './own-record.ts'
import { isFlaggedAlready, type Rule } from './rule.ts'

/** Refused looks count: the register is sure who the patient is, and trying is what is looked into. */
export const colleagueRecord: Rule = {
  name: 'COLLEAGUE_RECORD',
  explanation:
    "Somebody looked, or tried to look, at the record of a colleague: the staff register says that the patient works at the user's own organisation. Once a day for each user and patient. Not flagged: staff of another organisation, even of the same participant; a patient whom no register lists; one's own record, which is flagged as that; a search.",
  find(look, known) {
    const { userId, odsCode } = look.user
    const isColleague = known.register.ofPatient.some(
      (member) => member.odsCode === odsCode && member.userId !== userId,
    )
    if (!isColleague || isOwnRecord(look, known)) return null
    if (isFlaggedAlready('COLLEAGUE_RECORD', look, known)) return null
    return { isAboutPatient: true, facts: { ...(look.refusal && { refusal: look.refusal }) } }
  },
}
