import type { ColumnType, JSONColumnType } from 'kysely'
import type { ObjectionState } from '../../kit/fhir/objection.ts'
import type { RelationshipKind } from '../../kit/store/tables.ts'

/** Keys by which somebody is found. */
type SearchKeys = ColumnType<string[], string[] | undefined, string[]>

/** A patient as one participant's feed last told of them. */
interface HolderTable {
  participant: string
  /** The one server of the participant that tells; empty where all of them tell as one. */
  server: ColumnType<string, string | undefined, string>
  nhs_number: string
  holds_record: boolean
  /** The contract's `Demographics`, whole: also of a sensitive patient. */
  demographics: JSONColumnType<object, string, string>
  is_sensitive: boolean
  as_of: Date
  /** Where an objection to sharing stands that the participant keeps itself. */
  objection: ObjectionState | null
  /** What the search compares: `YYYY-MM-DD`, or the part of it that is known. */
  birth_date: string | null
  /** The family name of the name in use: see `toNameKey`. */
  family_key: string | null
  /** Every name, present and former, as a whole: see `nameKeysOf`. */
  name_keys: SearchKeys
  /** Each part of these names that may stand for the whole. */
  name_part_keys: SearchKeys
  /** Of present addresses, in upper case without spaces. A sensitive patient is found by them only with B1611. */
  postcode_keys: SearchKeys
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

/** What the national demographics service answered last about a number. docs/national-service.md */
interface NationalPatientTable {
  /** As it was asked about. */
  nhs_number: string
  outcome: 'KNOWN' | 'UNKNOWN'
  /** The number in force; null of somebody unknown, as all that follows. */
  in_force: string | null
  /** The contract's `Demographics`; of a sensitive patient without anything that gives a location. */
  demographics: JSONColumnType<object, string, string> | null
  is_sensitive: boolean
  practice_ods_code: string | null
  practice_since: Date | null
  asked_at: Date
}

/** The index's part of the gateway's database. */
export interface IndexDatabase {
  holder: HolderTable
  care_relationship: KnownRelationshipTable
  number_link: NumberLinkTable
  feed_cursor: FeedCursorTable
  national_patient: NationalPatientTable
}
