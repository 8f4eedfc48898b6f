import { refusalError } from '../../errors.ts'
import { readWords } from '../arguments.ts'
import type { GovernanceContext } from '../context.ts'
import type { GovernanceParts } from '../parts.ts'
import { staffColumns, staffOf } from '../staff.ts'
import { readAlert, readReference } from './read-alerts.ts'
import { mayGo } from './steps.ts'
import type { PrivacyAlert } from './to-alert.ts'

/** What an officer wants to do with an alert. */
export interface AlertStep {
  readonly to: 'ESCALATED' | 'CLOSED'
  readonly reference: string
  /** Null where the alert is escalated. */
  readonly attendanceConfirmed: boolean | null
  readonly note: string
}

/**
 * Takes an alert about staff of the officer's own participant one step further and writes the step
 * into its history, both or neither. Of two who act at once the second one is refused where the step
 * does not follow any more.
 *
 * @throws PRIVACY_ALERT_NOT_FOUND for any other alert, PRIVACY_ALERT_ABOUT_YOURSELF,
 *   PRIVACY_ALERT_STATE_CONFLICT when it may not go there from where it stands, or BAD_USER_INPUT
 *   naming the argument
 */
export async function takeAlertStep(
  parts: GovernanceParts,
  { to, reference: written, attendanceConfirmed, note }: AlertStep,
  context: GovernanceContext,
): Promise<PrivacyAlert> {
  const staff = staffOf(context.caller, parts.participants)
  const words = readWords('note', note)
  const reference = readReference(written)
  return parts.db.transaction().execute(async (transaction) => {
    const alert = await transaction
      .selectFrom('privacy_alert')
      .select(['state', 'user_id'])
      .where('reference', '=', reference)
      .where('participant', '=', staff.participant.code)
      .forUpdate()
      .executeTakeFirst()
    if (!alert) throw refusalError('PRIVACY_ALERT_NOT_FOUND')
    if (alert.user_id === staff.userId) throw refusalError('PRIVACY_ALERT_ABOUT_YOURSELF')
    if (!mayGo(alert.state, to)) throw refusalError('PRIVACY_ALERT_STATE_CONFLICT')
    await transaction
      .updateTable('privacy_alert')
      .set({ state: to })
      .where('reference', '=', reference)
      .execute()
    await transaction
      .insertInto('privacy_alert_step')
      .values({
        reference,
        taken_at: parts.clock(),
        from_state: alert.state,
        to_state: to,
        attendance_confirmed: attendanceConfirmed,
        note: words,
        request_id: context.requestId,
        ...staffColumns(staff),
      })
      .execute()
    return readAlert({ ...parts, db: transaction }, { reference }, context)
  })
}
