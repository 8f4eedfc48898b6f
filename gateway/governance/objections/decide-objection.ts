import { badArgument } from '../../../subgraphs/kit/errors.ts'
import { dayInLondon } from '../../../subgraphs/kit/london.ts'
import { readWords } from '../arguments.ts'
import type { GovernanceContext } from '../context.ts'
import type { GovernanceParts } from '../parts.ts'
import { staffOf } from '../staff.ts'
import type { NotUpheldReason } from '../store/tables.ts'
import { noticeFor } from './notice.ts'
import type { Objection } from './objections.ts'
import { takeStep } from './take-step.ts'

/** The arguments of `Mutation.decideObjection`. */
export interface DecisionArguments {
  readonly objectionId: string
  readonly decision: 'UPHELD' | 'NOT_UPHELD'
  readonly reason?: NotUpheldReason | null
  readonly explanation: string
}

/**
 * Decides on an objection under review; not upheld, it gets the patient's notice, kept as written.
 *
 * @throws what `takeStep` throws, or BAD_USER_INPUT naming the argument
 */
export async function decideObjection(
  parts: GovernanceParts,
  given: DecisionArguments,
  { caller, requestId }: Pick<GovernanceContext, 'caller' | 'requestId'>,
): Promise<Objection> {
  const staff = staffOf(caller, parts.participants)
  const reason = readReason(given)
  const explanation = readWords('explanation', given.explanation)
  const decided_on = dayInLondon(parts.clock())
  const notice = reason && noticeFor({ reason, decidedOn: decided_on, staff })
  return takeStep(
    parts,
    {
      objectionId: given.objectionId,
      to: given.decision,
      decision: { decided_on, reason, explanation, notice },
    },
    { staff, requestId },
  )
}

function readReason({ decision, reason = null }: DecisionArguments): NotUpheldReason | null {
  if (decision === 'NOT_UPHELD' && reason === null) {
    throw badArgument('reason', 'given when the objection is not upheld')
  }
  if (decision === 'UPHELD' && reason !== null) {
    throw badArgument('reason', 'left out when the objection is upheld')
  }
  return reason
}
