import type { ColumnType, JSONColumnType } from 'kysely'
import type { ObjectionState } from '../../kit/fhir/objection.ts'
import type { RelationshipKind } from '../../kit/store/tables.ts'

/** A patient as one participant's feed last told of them. */
interface HolderTable {
  participant: string
  nhs_number: string
  holds_record: boolean
  /** The contract's `Demographics`, whole: also of a sensitive patient. */
  demographics: JSONColumnType<object, string, string>
  is_sensitive: boolean
  /** The NHS number that replaced this one, as this participant knows. */
  superseded_by: string | null
  as_of: Date
  /** Where an objection to sharing stands that the participant keeps itself. */
  objection: ObjectionState | null
  /** What the search compares: `YYYY-MM-DD`. */
  birth_date: string | null
  /** See `toNameKey`. */
  family_key: string | null
  /** Upper case, no spaces. A sensitive patient is found by it only with B1611. */
  postcode_key: string | null
}

/** Evidence, at one participant, that an organisation cares for a patient. */
interface KnownRelationshipTable {
  participant: string
  nhs_number: string
  ods_code: string
  kind: RelationshipKind
  starts_at: Date | null
  /** Null while it is open. */
  ends_at: Date | null
  /** The resource that shows it. */
  evidence: string
}

/** How far each participant's feed has been followed. */
interface FeedCursorTable {
  participant: string
  cursor: string | null
  last_success_at: Date | null
  /** A code, never a text; null after a success. */
  last_error: string | null
  /** Whether all that was read up to the cursor told of objections. */
  tells_objections: ColumnType<boolean, boolean | undefined, boolean>
}

/** The index's part of the gateway's database. */
export interface IndexDatabase {
  holder: HolderTable
  care_relationship: KnownRelationshipTable
  feed_cursor: FeedCursorTable
}
