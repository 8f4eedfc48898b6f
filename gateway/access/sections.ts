import { type RoleGroup, roleGroups } from './roles.ts'

/** The parts of a record that a role may or may not see; all but the first three are the contract's sections. */
export const sections = [
  'identity',
  'demographics',
  'generalPractice',
  'allergies',
  'medications',
  'immunisations',
  'diagnoses',
  'testResults',
  'imagingReports',
  'observations',
  'procedures',
  'appointments',
  'encounters',
  'documents',
  'carePlans',
  'socialCare',
  'mentalHealth',
  'safetyAlerts',
  'referrals',
] as const

export type Section = (typeof sections)[number]

const NOTHING: readonly Section[] = []
const EVERYTHING: readonly Section[] = sections

/**
 * Who sees what: the table under review by information governance. A group sees the sections that
 * stand in its line and no other. `identity` (NHS number, name, date of birth, gender, whether dead)
 * is in every line that opens a record: nobody can tell a wrong patient without it.
 */
export const sectionsOf: Readonly<Record<RoleGroup, readonly Section[]>> = {
  DOCTOR: EVERYTHING,
  NURSE: EVERYTHING,
  PHARMACIST: [
    'identity',
    'allergies',
    'medications',
    'immunisations',
    'diagnoses',
    'testResults',
    'observations',
    'procedures',
    'encounters',
    'documents',
    'safetyAlerts',
  ],
  ALLIED_HEALTH: sections.filter((each) => each !== 'mentalHealth' && each !== 'socialCare'),
  SOCIAL_CARE: [
    'identity',
    'demographics',
    'allergies',
    'medications',
    'appointments',
    'encounters',
    'carePlans',
    'socialCare',
    'mentalHealth',
    'safetyAlerts',
  ],
  CLERICAL: [
    'identity',
    'demographics',
    'generalPractice',
    'appointments',
    'encounters',
    'referrals',
  ],
  CALL_HANDLER: ['identity', 'demographics', 'allergies', 'safetyAlerts', 'appointments'],
  PRIVACY_OFFICER: NOTHING,
  CALDICOTT_GUARDIAN: NOTHING,
}

/**
 * What a group does not see within a section that it sees, by the contract's type: one fact has one rule, and what an
 * appointment or a medicine is for is a diagnosis wherever it stands. Who may not see
 * these may not filter the section by codes either: the answer would tell them. A referral's likeness is a
 * digest of its code and day, which could be guessed.
 */
export const hiddenFields: Readonly<
  Partial<
    Record<RoleGroup, Readonly<Record<string, { section: Section; fields: readonly string[] }>>>
  >
> = {
  SOCIAL_CARE: {
    Medication: { section: 'medications', fields: ['reasons', 'statusReason'] },
    Appointment: { section: 'appointments', fields: ['reasons'] },
    Encounter: { section: 'encounters', fields: ['reasons', 'diagnoses', 'notes'] },
    CarePlan: { section: 'carePlans', fields: ['addresses'] },
  },
  CALL_HANDLER: {
    Appointment: { section: 'appointments', fields: ['reasons', 'description', 'notes'] },
  },
  CLERICAL: {
    Appointment: { section: 'appointments', fields: ['reasons', 'description', 'notes'] },
    Encounter: { section: 'encounters', fields: ['reasons', 'diagnoses', 'notes'] },
    Referral: {
      section: 'referrals',
      fields: ['code', 'reasons', 'description', 'notes', 'likeness', 'possibleDuplicateOf'],
    },
  },
}

const CARE = roleGroups.filter((group) => sectionsOf[group].includes('identity'))
const EMERGENCY: readonly RoleGroup[] = ['DOCTOR', 'NURSE', 'ALLIED_HEALTH']
const GOVERNANCE: readonly RoleGroup[] = ['PRIVACY_OFFICER', 'CALDICOTT_GUARDIAN']

/** Who may do what: every query and mutation by its name. One that stands nowhere here is for nobody. */
export const actions: Readonly<Record<string, readonly RoleGroup[] | 'EVERYBODY'>> = {
  me: 'EVERYBODY',
  participants: 'EVERYBODY',
  patient: CARE,
  findPatients: CARE,
  claimEmergencyAccess: EMERGENCY,
  endEmergencyAccess: EMERGENCY,
  // Patients object to whoever they speak with.
  recordObjection: roleGroups,
  takeObjectionUnderReview: GOVERNANCE,
  decideObjection: GOVERNANCE,
  withdrawObjection: GOVERNANCE,
  objection: GOVERNANCE,
  objections: GOVERNANCE,
  accessEvents: GOVERNANCE,
  accessReport: GOVERNANCE,
  privacyAlerts: GOVERNANCE,
  privacyAlert: GOVERNANCE,
  closePrivacyAlert: GOVERNANCE,
  escalatePrivacyAlert: GOVERNANCE,
}

/** Whether a group sees a section. */
export function maySee(group: RoleGroup | null, section: Section): boolean {
  return group !== null && sectionsOf[group].includes(section)
}

/**
 * Whether a group sees a section of the contract, by its name; one that stands nowhere in the table is
 * for groups that see everything.
 */
export function maySeeNamed(group: RoleGroup | null, name: string): boolean {
  if (group === null) return false
  const section = sections.find((each) => each === name)
  return section === undefined ? seesEverything(group) : maySee(group, section)
}

/** Whether a group's task is governance: objections, alerts, audit. */
export function doesGovernance(group: RoleGroup | null): boolean {
  return group !== null && GOVERNANCE.includes(group)
}

/** Whether a group sees every section: it also sees what nobody placed in one. */
export function seesEverything(group: RoleGroup): boolean {
  return sections.every((section) => maySee(group, section))
}

/** Whether a group does not see a field of the contract's type within a section that it sees. */
export function hidesField(group: RoleGroup, type: string, field: string): boolean {
  return hiddenFields[group]?.[type]?.fields.includes(field) === true
}

/** Whether something within a section is hidden from a group that sees the section. */
export function hidesWithin(group: RoleGroup, section: Section): boolean {
  return Object.values(hiddenFields[group] ?? {}).some((hidden) => hidden.section === section)
}

/** The fields that some group does not see within a section that it sees, by the contract's type. */
export function fieldsHiddenFromSome(): ReadonlyMap<string, ReadonlySet<string>> {
  const hidden = new Map<string, Set<string>>()
  for (const types of Object.values(hiddenFields)) {
    for (const [type, { fields }] of Object.entries(types)) {
      hidden.set(type, new Set([...(hidden.get(type) ?? []), ...fields]))
    }
  }
  return hidden
}

/** Which part of the record a field of the contract's Demographics is; its others are identity. */
export const demographicsFields: Readonly<Record<string, Section>> = {
  addresses: 'demographics',
  telecom: 'demographics',
  language: 'demographics',
  contacts: 'demographics',
  generalPractice: 'generalPractice',
}
