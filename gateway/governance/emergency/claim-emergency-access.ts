import { randomUUID } from 'node:crypto'
import { sql, type Transaction } from 'kysely'
import { refusalError } from '../../errors.ts'
import { type NewAlert, raiseAlerts } from '../alerts/raise-alerts.ts'
import { readNhsNumber, readWords } from '../arguments.ts'
import type { GovernanceContext } from '../context.ts'
import type { GovernanceParts } from '../parts.ts'
import { type Staff, staffColumns, staffOf } from '../staff.ts'
import type { GovernanceDatabase } from '../store/tables.ts'
import { type EmergencyReason, toCodes } from './alert-reasons.ts'
import { type EmergencyClaim, findOpenClaim, findOwnClaim, toClaim } from './claims.ts'
import { isSurelyPresent } from './step-up.ts'

/** The arguments of `Mutation.claimEmergencyAccess`. */
export interface ClaimArguments {
  readonly nhsNumber: string
  readonly reason: EmergencyReason
  readonly justification: string
}

const HOUR_MS = 3_600_000

/**
 * Claims access to one patient for one person at one organisation, and raises the alert with the
 * claim: both are written, or neither. While a claim of the same person for the same number is open,
 * that one is given and no second alert raised. Nothing is looked up of the patient, so that nobody
 * learns from the answer, or from its time, whether the number is known.
 *
 * @throws STEP_UP_AUTHENTICATION_REQUIRED, VIEWING_NOT_PERMITTED, ORGANISATION_NOT_A_PARTICIPANT, or
 *   BAD_USER_INPUT naming the argument
 */
export async function claimEmergencyAccess(
  parts: GovernanceParts,
  given: ClaimArguments,
  { caller, requestId }: Pick<GovernanceContext, 'caller' | 'requestId'>,
): Promise<EmergencyClaim> {
  const now = parts.clock()
  const staff = staffOf(caller, parts.participants)
  if (staff.participant.participation === 'CONTRIBUTE_ONLY') {
    throw refusalError('VIEWING_NOT_PERMITTED')
  }
  if (!isSurelyPresent(caller, now, parts.emergencySignInMinutes)) {
    throw refusalError('STEP_UP_AUTHENTICATION_REQUIRED')
  }
  const claim = {
    nhs_number: readNhsNumber(given.nhsNumber),
    ...toCodes(given.reason),
    justification: readWords('justification', given.justification),
    claimed_at: now,
    ends_at: new Date(now.getTime() + parts.emergencyAccessHours * HOUR_MS),
    request_id: requestId,
  }
  return parts.db.transaction().execute(async (transaction) => {
    const owner = { userId: staff.userId, odsCode: staff.odsCode }
    await oneAtATime(transaction, [owner.userId, owner.odsCode, claim.nhs_number])
    const open = await findOpenClaim(transaction, { ...owner, nhsNumbers: [claim.nhs_number] }, now)
    const id = open ?? (await writeClaim(transaction, staff, claim))
    const written = await findOwnClaim(transaction, { id, ...owner })
    if (!written) throw new Error('A claim is not there after it was written')
    return toClaim(written, now)
  })
}

/** Two equal claims at one moment, on whatever process, become one. */
async function oneAtATime(
  transaction: Transaction<GovernanceDatabase>,
  key: readonly string[],
): Promise<void> {
  await sql`
    select pg_advisory_xact_lock(hashtextextended(${`emergency claim ${key.join(' ')}`}, 0))
  `.execute(transaction)
}

interface NewClaim {
  readonly nhs_number: string
  readonly alert_type: number
  readonly alert_reason: number
  readonly justification: string
  readonly claimed_at: Date
  readonly ends_at: Date
  readonly request_id: string
}

async function writeClaim(
  transaction: Transaction<GovernanceDatabase>,
  staff: Staff,
  claim: NewClaim,
): Promise<string> {
  const id = randomUUID()
  const participant = staff.participant.code
  await transaction
    .insertInto('emergency_claim')
    .values({ id, participant, ...staffColumns(staff), ...claim })
    .execute()
  const alert: NewAlert = {
    rule: 'EMERGENCY_ACCESS',
    event: null,
    claim: { claim_id: id, alert_type: claim.alert_type, alert_reason: claim.alert_reason },
    participant,
    occurredAt: claim.claimed_at,
    user: staffColumns(staff),
    nhsNumber: claim.nhs_number,
    facts: {},
  }
  await raiseAlerts(transaction, [alert], claim.claimed_at)
  return id
}
