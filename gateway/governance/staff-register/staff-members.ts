import { type Kysely, sql } from 'kysely'
import type { GovernanceDatabase } from '../store/tables.ts'

/** A member of staff who is a patient, and where they work. */
export interface StaffMember {
  readonly userId: string
  readonly nhsNumber: string
  readonly odsCode: string
}

/** Members of staff by their user ids or by their NHS numbers, whoever listed them, each once. */
export async function findStaff(
  db: Kysely<GovernanceDatabase>,
  { userIds, nhsNumbers }: { readonly userIds: string[]; readonly nhsNumbers: string[] },
): Promise<StaffMember[]> {
  const { rows } = await sql<StaffMember>`
    select user_id as "userId", nhs_number as "nhsNumber", ods_code as "odsCode"
    from staff_member where user_id = any (${userIds}::text[])
    union
    select user_id, nhs_number, ods_code
    from staff_member where nhs_number = any (${nhsNumbers}::text[])`.execute(db)
  return rows
}
