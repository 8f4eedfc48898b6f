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
  /** Who referred, by ODS code; null where the feed names nobody. */
  referrer: ColumnType<string | null, string | null | undefined, string | null>
  /** When what shows it was last changed, as its source dates it. */
  recorded_at: ColumnType<Date | null, Date | null | undefined, Date | null>
  /** True for what the participant brought as a file: its feed does not take that away. */
  is_from_file: ColumnType<boolean, boolean | undefined, boolean>
}

/** A participant's statement that one NHS number was replaced by another. */
interface NumberLinkTable {
  participant: string
  /** The patient of the participant's feed that came with it: the statement ends when they tell otherwise. */
  nhs_number: string
  old_number: string
  new_number: string
}

/** How far each participant's feed has been followed. */
interface FeedCursorTable {
  participant: string
  cursor: string | null
  last_success_at: Date | null
  /** A code, never a text; null after a success. */
  last_error: string | null
  /** The edition, by its place in `feedEditions`, in which all up to the cursor was read. */
  edition: ColumnType<number, number | undefined, number>
}

/** The index's part of the gateway's database. */
export interface IndexDatabase {
  holder: HolderTable
  care_relationship: KnownRelationshipTable
  number_link: NumberLinkTable
  feed_cursor: FeedCursorTable
}
