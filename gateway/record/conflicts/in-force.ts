import type { TestifiedEntry } from './conflict.ts'

/**
 * The states in which an entry does not contradict a statement that the patient has none, by section:
 * over, stopped, or never come about. What is stated of procedures and immunisations is about what was
 * ever done, so these are never over. In a section that stands nowhere here every entry contradicts,
 * and so does one whose state nobody recorded.
 */
const statesNotInForce: Readonly<Record<string, readonly string[]>> = {
  allergies: ['INACTIVE', 'RESOLVED', 'NO_KNOWN_RISK'],
  medications: [
    ...['COMPLETED', 'STOPPED', 'CANCELLED', 'NOT_TAKEN', 'DRAFT'],
    // What must not be given is no medicine that the patient has.
    ...['PROHIBITED', 'PROHIBITION_ENDED'],
  ],
  diagnoses: ['INACTIVE', 'REMISSION', 'RESOLVED'],
  procedures: ['PREPARATION', 'NOT_DONE'],
  immunisations: ['NOT_DONE'],
  safetyAlerts: ['INACTIVE'],
}

/** Whether an entry says that the patient has what the section is about, at present. */
export function isInForce(section: string, { status, verification }: TestifiedEntry): boolean {
  if (status === 'ENTERED_IN_ERROR' || statesNotInForce[section]?.includes(status)) return false
  return verification !== 'REFUTED' && verification !== 'ENTERED_IN_ERROR'
}
