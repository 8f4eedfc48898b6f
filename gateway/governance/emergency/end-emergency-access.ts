import { refusalError } from '../../errors.ts'
import type { Caller } from '../../identity/caller.ts'
import { readId } from '../arguments.ts'
import type { GovernanceParts } from '../parts.ts'
import { type EmergencyClaim, findOwnClaim, toClaim } from './claims.ts'

/**
 * Ends the caller's own claim now; one that has ended stays as it is.
 *
 * @throws EMERGENCY_CLAIM_NOT_FOUND for any claim but the caller's own at this organisation
 */
export async function endEmergencyAccess(
  { db, clock }: GovernanceParts,
  { claimId }: { readonly claimId: string },
  { caller }: { readonly caller: Pick<Caller, 'userId' | 'odsCode'> },
): Promise<EmergencyClaim> {
  const now = clock()
  const id = readId(claimId)
  const owned = id === null ? null : { id, userId: caller.userId, odsCode: caller.odsCode }
  if (owned) {
    await db
      .updateTable('emergency_claim')
      .set({ ended_at: now })
      .where('id', '=', owned.id)
      .where('user_id', '=', owned.userId)
      .where('ods_code', '=', owned.odsCode)
      .where('ended_at', 'is', null)
      .where('ends_at', '>', now)
      .execute()
  }
  const claim = owned && (await findOwnClaim(db, owned))
  if (!claim) throw refusalError('EMERGENCY_CLAIM_NOT_FOUND')
  return toClaim(claim, now)
}
