import type { Section } from '../../access/sections.ts'

/**
 * Every word that a patient reads about an access, in plain English for a reading age of about ten.
 * Whoever changes one needs nothing else but this file.
 */

/** What was opened. */
export const sectionWords: Readonly<Record<Section, string>> = {
  identity: 'who you are (your name, date of birth and NHS number)',
  demographics: 'your address and contact details',
  generalPractice: 'your GP practice',
  allergies: 'your allergies',
  medications: 'your medicines',
  immunisations: 'your vaccinations',
  diagnoses: 'your illnesses and health problems',
  testResults: 'your test results',
  imagingReports: 'your X-rays and scans',
  observations: 'your measurements, such as blood pressure',
  procedures: 'your operations and treatments',
  appointments: 'your appointments',
  encounters: 'your visits to hospitals and clinics',
  documents: 'your letters',
  carePlans: 'your care plans',
  socialCare: 'your social care',
  mentalHealth: 'your mental health care',
  safetyAlerts: 'warnings that keep you and others safe',
  referrals: 'your referrals to other services',
}

/** Who it was, by job role code; the groups below stand for all others. */
export const roleWords: Readonly<Record<string, string>> = {
  R0260: 'a GP',
  R0270: 'a GP',
  R0050: 'a consultant',
  R1070: 'a paramedic',
  R1110: 'a physiotherapist',
  R0950: 'an occupational therapist',
  R1330: 'a social worker',
  R8009: 'a receptionist',
}

/** Who it was, by role group. */
export const roleGroupWords: Readonly<Record<string, string>> = {
  DOCTOR: 'a doctor',
  NURSE: 'a nurse or midwife',
  PHARMACIST: 'a pharmacist',
  ALLIED_HEALTH: 'a health professional',
  SOCIAL_CARE: 'a social care worker',
  CLERICAL: 'a member of the office staff',
  CALL_HANDLER: 'an NHS 111 call handler',
  PRIVACY_OFFICER: 'a privacy officer (who checks that records are used properly)',
  CALDICOTT_GUARDIAN: 'a Caldicott guardian (who is in charge of keeping records private)',
}

export const otherWords = {
  role: 'a member of staff',
  unknownOrganisation: 'an organisation that we do not know',
  nobody: 'Somebody who had not signed in',
  reportTeam: 'The team that looks after your data',
  section: 'another part of your record',
  wholeRecord: 'your whole record',
  openedRecord: 'Opened your record',
  partsHidden: 'Some parts were not shown to them, because of their job.',
  andRefused: 'and was refused',
  action: ['Used your record in another way', 'Tried to use your record in another way'],
  searched: 'Searched for you',
  unknownRefusal: 'This was not allowed, or did not work.',
  unknownGrounds: 'They were looking after you.',
  emergency: 'Emergency access',
} as const

/** By what somebody was searched for: the arguments of the search. */
export const searchWords: Readonly<Record<string, string>> = {
  familyName: 'name',
  birthDate: 'date of birth',
  nhsNumber: 'NHS number',
  postcode: 'postcode',
}

/** What was done, and what was tried, by the query or mutation or else by the kind of event. */
export const actionWords: Readonly<Record<string, readonly [done: string, tried: string]>> = {
  patient: [otherWords.openedRecord, 'Tried to open your record'],
  findPatients: [otherWords.searched, 'Tried to search for you'],
  claimEmergencyAccess: [
    'Claimed emergency access to your record',
    'Tried to claim emergency access to your record',
  ],
  endEmergencyAccess: [
    'Ended their emergency access to your record',
    'Tried to end an emergency access to your record',
  ],
  recordObjection: [
    'Wrote down that you do not want your record to be shared',
    'Tried to write down that you do not want your record to be shared',
  ],
  takeObjectionUnderReview: [
    'Began to look into your objection to sharing',
    'Tried to begin to look into your objection to sharing',
  ],
  decideObjection: [
    'Decided on your objection to sharing',
    'Tried to decide on your objection to sharing',
  ],
  withdrawObjection: [
    'Wrote down that you took back your objection to sharing',
    'Tried to write down that you took back your objection to sharing',
  ],
  accessEvents: [
    'Looked up who has opened your record',
    'Tried to look up who has opened your record',
  ],
  accessReport: ['Made a report like this one', 'Tried to make a report like this one'],
  'lcr audit report': ['Made a report like this one', 'Tried to make a report like this one'],
  RECORD: [otherWords.openedRecord, 'Tried to open your record'],
  SEARCH: [otherWords.searched, 'Tried to search for you'],
  EMERGENCY_ACCESS: [
    'Dealt with emergency access to your record',
    'Tried to deal with emergency access to your record',
  ],
  OBJECTION: ['Looked at your objection to sharing', 'Tried to look at your objection to sharing'],
  AUDIT: ['Checked how your record was used', 'Tried to check how your record was used'],
  OTHER: otherWords.action,
}

/** Why, by the purpose of use (HL7 v3-ActReason). */
export const purposeWords: Readonly<Record<string, string>> = {
  TREAT: 'To give you care.',
  ETREAT: 'To give you emergency care.',
  COC: 'To plan your care with others.',
  BTG: 'To give you care in an emergency.',
}

/** Why, by what the access rested on. */
export const groundsWords: Readonly<Record<string, string>> = {
  GP_REGISTRATION: 'You were registered with this practice.',
  REFERRAL: 'You had been referred to this organisation.',
  APPOINTMENT: 'You had an appointment with this organisation.',
  ATTENDANCE: 'You went to this organisation for care.',
  ADMISSION: 'You stayed at this hospital.',
  CASELOAD: 'This organisation was looking after you.',
}

/** Why, by the kind of event, where nobody's care was the reason. */
export const taskWords: Readonly<Record<string, string>> = {
  OBJECTION: 'To deal with your wishes about sharing your record.',
  AUDIT: 'To check that your record is used properly, or to answer a question about it.',
}

/** Why emergency access was claimed: the schema's `EmergencyReasonCode`. */
export const claimWords: Readonly<Record<string, string>> = {
  PUBLIC_INTEREST: 'it was important for the public',
  STATUTE: 'the law asked for it',
  COURT_ORDER: 'a court ordered it',
  SELF_CLAIM_EMERGENCY: 'it was an emergency and they were caring for you',
  EMERGENCY_ACCESS: 'it was an emergency',
  OTHER_WITH_PERMISSION: 'you had given your permission',
}

/** Why it was refused, by the code of the refusal. */
export const refusalWords: Readonly<Record<string, string>> = {
  UNAUTHENTICATED: 'They had not signed in properly.',
  ROLE_NOT_PERMITTED: 'People with their job may not do this.',
  FIELD_NOT_PERMITTED: 'People with their job may not do this.',
  ORGANISATION_NOT_A_PARTICIPANT: 'Their organisation takes no part in the London Care Record.',
  VIEWING_NOT_PERMITTED: 'Their organisation may not look at records.',
  PURPOSE_NOT_PERMITTED: 'They did not do it to give you care.',
  NO_LEGITIMATE_RELATIONSHIP: 'We could not see that their organisation was looking after you.',
  OBJECTION_IN_FORCE: 'You have objected to sharing your record.',
  STEP_UP_AUTHENTICATION_REQUIRED: 'They had to sign in again first.',
  EMERGENCY_CLAIM_NOT_FOUND: 'It was not theirs to end.',
  OBJECTION_NOT_FOUND: 'Another organisation deals with this.',
  OBJECTION_STATE_CONFLICT: 'Somebody else had done it already.',
  OBJECTION_ALREADY_OPEN: 'Somebody else had done it already.',
  AUDIT_UNAVAILABLE: 'It could not be written down, and so it was not allowed.',
}
