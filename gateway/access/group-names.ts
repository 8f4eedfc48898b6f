import { type RoleGroup, roleGroups } from './roles.ts'
import { sectionsOf } from './sections.ts'

/** What a reader calls each group. */
export const groupNames: Readonly<Record<RoleGroup, string>> = {
  DOCTOR: 'doctor',
  NURSE: 'nurse or midwife',
  PHARMACIST: 'pharmacist',
  ALLIED_HEALTH: 'allied health',
  SOCIAL_CARE: 'social care',
  CLERICAL: 'clerical',
  CALL_HANDLER: 'call handler',
  PRIVACY_OFFICER: 'privacy officer',
  CALDICOTT_GUARDIAN: 'Caldicott guardian',
}

/** Who may do or see something, for a reader; nobody where nothing is said. */
export function sayGroups(groups: readonly RoleGroup[] | 'EVERYBODY' | undefined): string {
  if (groups === 'EVERYBODY') return 'everybody with a genuine token'
  if (groups?.length === roleGroups.length) return 'every role that stands in a group'
  const seeing = roleGroups.filter((group) => sectionsOf[group].length > 0)
  if (groups?.join() === seeing.join()) return 'every role that sees a section'
  return (groups ?? []).map((group) => groupNames[group]).join(', ')
}
