import { refusalError } from '../../errors.ts'
import { readId } from '../arguments.ts'
import type { GovernanceContext } from '../context.ts'
import type { GovernanceParts } from '../parts.ts'
import { type Staff, staffColumns } from '../staff.ts'
import type { NotUpheldReason, ObjectionState } from '../store/tables.ts'
import { findObjections, type Objection } from './objections.ts'
import { maySwitch } from './steps.ts'

/** A step that somebody wants to take. */
export interface Step {
  readonly objectionId: string
  readonly to: ObjectionState
  readonly decision?: {
    readonly decided_on: string
    readonly reason: NotUpheldReason | null
    readonly explanation: string
    readonly notice: string | null
  }
}

/**
 * Takes an objection of the caller's participant one step further and writes the step into its
 * history, both or neither. Of two who act at once the second one is refused.
 *
 * @throws OBJECTION_NOT_FOUND for one that the caller's participant does not keep,
 *   OBJECTION_STATE_CONFLICT when it may not go there from where it stands
 */
export async function takeStep(
  { db, clock }: GovernanceParts,
  { objectionId, to, decision }: Step,
  { staff, requestId }: { readonly staff: Staff } & Pick<GovernanceContext, 'requestId'>,
): Promise<Objection> {
  const id = readId(objectionId)
  const participant = staff.participant.code
  if (id === null) throw refusalError('OBJECTION_NOT_FOUND')
  return db.transaction().execute(async (transaction) => {
    const objection = await transaction
      .selectFrom('objection')
      .select('state')
      .where('id', '=', id)
      .where('participant', '=', participant)
      .forUpdate()
      .executeTakeFirst()
    if (!objection) throw refusalError('OBJECTION_NOT_FOUND')
    if (!maySwitch(objection.state, to)) throw refusalError('OBJECTION_STATE_CONFLICT')
    await transaction.updateTable('objection').set({ state: to }).where('id', '=', id).execute()
    await transaction
      .insertInto('objection_step')
      .values({
        objection_id: id,
        taken_at: clock(),
        from_state: objection.state,
        to_state: to,
        request_id: requestId,
        ...decision,
        ...staffColumns(staff),
      })
      .execute()
    const [changed] = await findObjections(transaction, { participant, id })
    if (!changed) throw new Error('An objection is not there after it was changed')
    return changed
  })
}
