import { badArgument } from '../../../subgraphs/kit/errors.ts'
import { fromCursor, toCursor } from '../../../subgraphs/kit/position.ts'
import { readPeriod } from '../../audit/reading/read-period.ts'
import { refusalError } from '../../errors.ts'
import { readFirst } from '../arguments.ts'
import type { GovernanceContext } from '../context.ts'
import { officerLimits } from '../officer-limits.ts'
import type { GovernanceParts } from '../parts.ts'
import { staffOf } from '../staff.ts'
import type { AlertRule, AlertState } from '../store/tables.ts'
import { type AlertFilter, type AlertPosition, findAlerts } from './find-alerts.ts'
import { type PrivacyAlert, toAlert } from './to-alert.ts'

/** The arguments of `Query.privacyAlerts`. */
export interface AlertsArguments {
  readonly state?: AlertState | null
  readonly rule?: AlertRule | null
  readonly nhsNumber?: string | null
  readonly userId?: string | null
  readonly from?: string | null
  readonly until?: string | null
  readonly first?: number | null
  readonly after?: string | null
}

/**
 * The alerts that an officer may see: about staff of their own participant and, of a patient whom the
 * participant knows, about others' staff. Where it does not know the patient the list has the
 * participant's own alone, and nothing says so.
 *
 * @throws ORGANISATION_NOT_A_PARTICIPANT, or BAD_USER_INPUT naming the argument
 */
export async function readAlerts(
  parts: GovernanceParts,
  given: AlertsArguments,
  context: GovernanceContext,
) {
  const own = staffOf(context.caller, parts.participants).participant.code
  const { state, rule, userId } = given
  const filter = { state, rule, userId: readUserId(userId), ...readPeriod(given) }
  const page = { first: readFirst(given.first), after: readAfter(given.after) }
  const whose = await officerLimits(given.nhsNumber, own, context)
  const found = await findAlerts(parts.db, { ...filter, ...whose } as AlertFilter, page)
  const last = found.alerts.at(-1)
  return {
    nodes: found.alerts.map((alert) => toAlert(alert, parts.clock())),
    pageInfo: {
      endCursor: last
        ? toCursor({ time: last.raised_at.toISOString(), key: last.reference })
        : null,
      hasNextPage: found.hasNextPage,
    },
  }
}

/**
 * One alert about staff of the officer's own participant.
 *
 * @throws PRIVACY_ALERT_NOT_FOUND, ORGANISATION_NOT_A_PARTICIPANT
 */
export async function readAlert(
  { db, clock, participants }: GovernanceParts,
  { reference }: { readonly reference: string },
  { caller }: Pick<GovernanceContext, 'caller'>,
): Promise<PrivacyAlert> {
  const participant = staffOf(caller, participants).participant.code
  const filter = { participant, reference: readReference(reference) }
  const { alerts } = await findAlerts(db, filter, { first: 1, after: null })
  const [alert] = alerts
  if (!alert) throw refusalError('PRIVACY_ALERT_NOT_FOUND')
  return toAlert(alert, clock())
}

/**
 * A reference as it is written: in capitals.
 *
 * @throws PRIVACY_ALERT_NOT_FOUND for what cannot be one
 */
export function readReference(written: string): string {
  const reference = written.trim().toUpperCase()
  if (!/^PA(-[0-9A-Z]{4}){3}$/.test(reference)) throw refusalError('PRIVACY_ALERT_NOT_FOUND')
  return reference
}

function readUserId(written: string | null | undefined): string | null {
  if (written == null) return null
  if (/^[^\p{C}]{1,100}$/u.test(written)) return written.trim()
  throw badArgument('userId', '1 to 100 characters on one line')
}

function readAfter(after: string | null | undefined): AlertPosition | null {
  if (after == null) return null
  const position = fromCursor(after)
  if (position?.time) return { raisedAt: new Date(position.time), reference: position.key }
  throw badArgument('after', 'a cursor that this graph gave out')
}
