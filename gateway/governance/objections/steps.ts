import type { ObjectionState } from '../store/tables.ts'

/**
 * From where an objection may go where. What has ended stays ended: a patient who objects once more
 * makes a new objection, whose review begins at the beginning.
 */
const steps: Readonly<Record<ObjectionState, readonly ObjectionState[]>> = {
  RECEIVED: ['UNDER_REVIEW', 'WITHDRAWN'],
  UNDER_REVIEW: ['UPHELD', 'NOT_UPHELD', 'WITHDRAWN'],
  UPHELD: ['WITHDRAWN'],
  NOT_UPHELD: [],
  WITHDRAWN: [],
}

/** Whether an objection may go from one state to another. */
export function maySwitch(from: ObjectionState, to: ObjectionState): boolean {
  return steps[from].includes(to)
}

/** States in which an objection has not ended. */
export const OPEN: readonly ObjectionState[] = ['RECEIVED', 'UNDER_REVIEW', 'UPHELD']

/** States in which it closes the record: UK GDPR Art. 18(1)(d), and the decision itself. */
export const IN_FORCE: readonly ObjectionState[] = ['UNDER_REVIEW', 'UPHELD']
