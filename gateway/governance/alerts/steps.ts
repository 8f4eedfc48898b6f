import type { AlertState } from '../store/tables.ts'

/** From where an alert may go where. What is closed stays closed. */
const steps: Readonly<Record<AlertState, readonly AlertState[]>> = {
  OPEN: ['ESCALATED', 'CLOSED'],
  ESCALATED: ['CLOSED'],
  CLOSED: [],
}

/** Whether an alert may go from one state to another. */
export function mayGo(from: AlertState, to: AlertState): boolean {
  return steps[from].includes(to)
}
