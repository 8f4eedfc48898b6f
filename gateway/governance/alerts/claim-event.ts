import { type Kysely, sql } from 'kysely'
import type { AuditDatabase } from '../../audit/store/tables.ts'
import type { PrivacyAlert } from './to-alert.ts'

/** The clocks of gateway processes, and a store that was slow, may differ by so much. */
const TOLERANCE = '10 minutes'

/** The audit trail's event of the request that made a claim; null for an alert without a claim. */
export async function findClaimEvent(
  audit: Kysely<AuditDatabase>,
  { claim, user }: Pick<PrivacyAlert, 'claim' | 'user'>,
): Promise<string | null> {
  if (!claim) return null
  const at = new Date(claim.claimedAt)
  const { rows } = await sql<{ event: string }>`
    select event from audit_entry
    where kind = 'ACCESS' and category = 'EMERGENCY_ACCESS' and user_id = ${user.userId}
      and recorded_at between ${at}::timestamptz - ${TOLERANCE}::interval
        and ${at}::timestamptz + ${TOLERANCE}::interval
      and body ->> 'requestId' = ${claim.requestId} and body ->> 'action' = 'claimEmergencyAccess'
    order by recorded_at limit 1`.execute(audit)
  return rows[0]?.event ?? null
}
