import { badArgument } from '../../../subgraphs/kit/errors.ts'

/** The Summary Care Record's alert types, by their words in the schema. */
const types = { SELF_CLAIMED_RELATIONSHIP: 1, ACCESS_ALERT: 2 } as const

/** Its reasons for an alert. */
const reasons = {
  PUBLIC_INTEREST: 1,
  STATUTE: 2,
  COURT_ORDER: 3,
  SELF_CLAIM_EMERGENCY: 4,
  EMERGENCY_ACCESS: 5,
  OTHER_WITH_PERMISSION: 6,
} as const

type AlertType = keyof typeof types
type AlertReason = keyof typeof reasons

/** The only pairs there are. */
const permitted: Readonly<Record<AlertType, readonly AlertReason[]>> = {
  SELF_CLAIMED_RELATIONSHIP: [
    'PUBLIC_INTEREST',
    'STATUTE',
    'COURT_ORDER',
    'SELF_CLAIM_EMERGENCY',
    'OTHER_WITH_PERMISSION',
  ],
  ACCESS_ALERT: ['PUBLIC_INTEREST', 'STATUTE', 'COURT_ORDER', 'EMERGENCY_ACCESS'],
}

/** The schema's `EmergencyReason`. */
export interface EmergencyReason {
  readonly alertType: AlertType
  readonly reason: AlertReason
}

/**
 * The codes of a permitted pair.
 *
 * @throws BAD_USER_INPUT for another pair
 */
export function toCodes({ alertType, reason }: EmergencyReason) {
  if (!permitted[alertType].includes(reason)) {
    throw badArgument('reason', 'a reason that its alert type permits')
  }
  return { alert_type: types[alertType], alert_reason: reasons[reason] }
}

/** The words of a pair of codes. */
export function fromCodes(alertType: number, alertReason: number): EmergencyReason {
  return { alertType: nameOf(types, alertType), reason: nameOf(reasons, alertReason) }
}

function nameOf<Name extends string>(codes: Readonly<Record<Name, number>>, code: number): Name {
  const found = (Object.keys(codes) as Name[]).find((name) => codes[name] === code)
  if (found === undefined) throw new Error('An alert with a code that there is not')
  return found
}
