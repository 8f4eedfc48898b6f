import type { Category } from '../entries.ts'

/** What each root field of the graph is about; one that stands nowhere here is OTHER. */
const categoryByAction: Readonly<Record<string, Category>> = {
  patient: 'RECORD',
  findPatients: 'SEARCH',
  claimEmergencyAccess: 'EMERGENCY_ACCESS',
  endEmergencyAccess: 'EMERGENCY_ACCESS',
  recordObjection: 'OBJECTION',
  takeObjectionUnderReview: 'OBJECTION',
  decideObjection: 'OBJECTION',
  withdrawObjection: 'OBJECTION',
  objection: 'OBJECTION',
  objections: 'OBJECTION',
  accessEvents: 'AUDIT',
  accessReport: 'AUDIT',
  privacyAlert: 'AUDIT',
  privacyAlerts: 'AUDIT',
  closePrivacyAlert: 'AUDIT',
  escalatePrivacyAlert: 'AUDIT',
}

/** What an action is about. */
export function categoryOf(action: string): Category {
  return categoryByAction[action] ?? 'OTHER'
}
