import { type Kysely, sql } from 'kysely'
import type { RelationshipKind } from '../../kit/store/tables.ts'
import type { IndexDatabase } from '../store/tables.ts'

/** A relationship that a participant brings in a file. */
export interface BroughtRelationship {
  readonly nhsNumber: string
  readonly odsCode: string
  readonly kind: RelationshipKind
  readonly startsAt: Date | null
  /** Null while it is open. */
  readonly endsAt: Date | null
  /** Who referred, by ODS code; null for every other kind. */
  readonly referrer: string | null
  /** Where it stands in the file: its evidence. */
  readonly line: number
}

/** So many are written at once. */
const BATCH = 5_000

/**
 * Puts a participant's file of relationships in the place of the one before, in one transaction. What its feed
 * tells stands beside it.
 *
 * @returns how many stand now
 */
export async function bringRelationships(
  db: Kysely<IndexDatabase>,
  participant: string,
  brought: readonly BroughtRelationship[],
): Promise<number> {
  return db.transaction().execute(async (transaction) => {
    // Two files at once would become one of both.
    await sql`
      select pg_advisory_xact_lock(hashtextextended(${`relationships of ${participant}`}, 0))
    `.execute(transaction)
    await transaction
      .deleteFrom('care_relationship')
      .where('participant', '=', participant)
      .where('is_from_file', '=', true)
      .execute()
    for (let at = 0; at < brought.length; at += BATCH) {
      await sql`
        insert into care_relationship (nhs_number, participant, ods_code, kind, evidence, starts_at,
          ends_at, referrer, is_from_file)
        select "nhsNumber", ${participant}, "odsCode", kind, 'line ' || line || ' of a file',
          "startsAt", "endsAt", referrer, true
        from json_to_recordset(${JSON.stringify(brought.slice(at, at + BATCH))}::json) as given (
          "nhsNumber" text, "odsCode" text, kind text, line int, "startsAt" timestamptz,
          "endsAt" timestamptz, referrer text
        )`.execute(transaction)
    }
    return brought.length
  })
}
