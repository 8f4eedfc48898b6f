import { type Kysely, type RawBuilder, type Selectable, sql } from 'kysely'
import type { GovernanceDatabase } from '../store/tables.ts'
import { type EmergencyReason, fromCodes } from './alert-reasons.ts'

/** The schema's `EmergencyClaim`. */
export interface EmergencyClaim extends EmergencyReason {
  readonly id: string
  readonly nhsNumber: string
  readonly alertReference: string
  readonly claimedAt: string
  readonly endsAt: string
  readonly isOpen: boolean
}

/** For whom a claim is: one person at one organisation, and one patient by all their numbers. */
export interface ClaimedBy {
  readonly userId: string
  readonly odsCode: string
  readonly nhsNumbers: readonly string[]
}

/** The id of the person's open claim for the patient, in one statement; null without one. */
export async function findOpenClaim(
  db: Kysely<GovernanceDatabase>,
  claimed: ClaimedBy,
  now: Date,
): Promise<string | null> {
  const { rows } = await sql<{ id: string | null }>`
    /* prepared as governance-open-claim */
    select ${openClaim({
      userId: sql.val(claimed.userId),
      odsCode: sql.val(claimed.odsCode),
      nhsNumbers: sql.val(claimed.nhsNumbers),
      now: sql.val(now),
    })} as id`.execute(db)
  return rows[0]?.id ?? null
}

/** SQL: the id of the person's open claim for the patient, or null. */
export function openClaim({
  userId,
  odsCode,
  nhsNumbers,
  now,
}: {
  [Part in keyof ClaimedBy]: RawBuilder<ClaimedBy[Part]>
} & { readonly now: RawBuilder<Date> }): RawBuilder<string | null> {
  return sql<string | null>`(
    select id from emergency_claim
    where user_id = ${userId} and ods_code = ${odsCode}
      and nhs_number = any (${nhsNumbers}::text[])
      and ended_at is null and ends_at > ${now}::timestamptz
    order by ends_at desc limit 1
  )`
}

type ClaimRow = Selectable<GovernanceDatabase['emergency_claim']> & { readonly reference: string }

/** One person's own claim at one organisation; null for any other. */
export async function findOwnClaim(
  db: Kysely<GovernanceDatabase>,
  claim: { readonly id: string; readonly userId: string; readonly odsCode: string },
): Promise<ClaimRow | null> {
  const row = await db
    .selectFrom('emergency_claim')
    .innerJoin('privacy_alert', 'privacy_alert.claim_id', 'emergency_claim.id')
    .selectAll('emergency_claim')
    .select('privacy_alert.reference')
    .where('emergency_claim.id', '=', claim.id)
    .where('emergency_claim.user_id', '=', claim.userId)
    .where('emergency_claim.ods_code', '=', claim.odsCode)
    .executeTakeFirst()
  return row ?? null
}

/** A claim as the schema shows it. */
export function toClaim(row: ClaimRow, now: Date): EmergencyClaim {
  const endsAt = row.ended_at ?? row.ends_at
  return {
    ...fromCodes(row.alert_type, row.alert_reason),
    id: row.id,
    nhsNumber: row.nhs_number,
    alertReference: row.reference,
    claimedAt: row.claimed_at.toISOString(),
    endsAt: endsAt.toISOString(),
    isOpen: endsAt > now,
  }
}
