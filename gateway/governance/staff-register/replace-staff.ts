import { type Kysely, sql } from 'kysely'
import type { GovernanceDatabase } from '../store/tables.ts'
import type { StaffMember } from './staff-members.ts'

/**
 * Puts a new list in the place of the one that a participant gave before, in one transaction: alerts
 * are raised by the one or by the other. A list of nobody leaves the earlier one as it stands.
 *
 * @param batches parts of the list, as they are read; a member who comes again counts once
 * @returns how many stand in the list now; 0 when nothing was changed
 */
export async function replaceStaff(
  db: Kysely<GovernanceDatabase>,
  participant: string,
  batches: AsyncIterable<readonly StaffMember[]>,
): Promise<number> {
  return db.transaction().execute(async (transaction) => {
    // Two lists at once would become one of both.
    await sql`
      select pg_advisory_xact_lock(hashtextextended(${`staff of ${participant}`}, 0))
    `.execute(transaction)
    let listed = 0
    for await (const batch of batches) {
      if (batch.length === 0) continue
      if (listed === 0) {
        await transaction
          .deleteFrom('staff_member')
          .where('participant', '=', participant)
          .execute()
      }
      const { numAffectedRows } = await sql`
        insert into staff_member (participant, user_id, nhs_number, ods_code)
        select ${participant}, "userId", "nhsNumber", "odsCode"
        from json_to_recordset(${JSON.stringify(batch)}::json) as member (
          "userId" text, "nhsNumber" text, "odsCode" text
        )
        on conflict do nothing`.execute(transaction)
      listed += Number(numAffectedRows ?? 0)
    }
    return listed
  })
}
