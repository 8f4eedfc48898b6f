import type { ColumnType, JSONColumnType } from 'kysely'

/** A JSON document kept as written: PostgreSQL `json`, not `jsonb`, so that it costs nothing to store. */
type Json = JSONColumnType<object, string, string>

/**
 * The moment that orders an entry whose source recorded none: the last place of a list.
 * A sentinel rather than `-infinity`, which JavaScript dates cannot hold.
 */
export const NO_TIME = new Date('0001-01-01T00:00:00.000Z')

/** Every FHIR resource that was taken in, whole, by its identity. */
interface ResourceTable {
  type: string
  id: string
  full_url: string | null
  version: string | null
  last_updated: Date | null
  /** Null for what belongs to no patient (Organization, Practitioner, Medication, …). */
  nhs_number: string | null
  /** SHA-256 of the content: tells a change from a repetition. */
  digest: Buffer
  content: Json
  /** False until its references are resolved and its entries written. */
  is_mapped: ColumnType<boolean, boolean | undefined, boolean>
  loaded_at: ColumnType<Date, Date | undefined, Date>
  /** True for what was stored before ids of `POST` ceased to count, and may have come so. */
  may_be_posted: ColumnType<boolean, boolean | undefined, boolean>
  /** Null for what may be shared. `ITSELF`: for what it says. `LINK`: for what it belongs to. */
  exclusion: ColumnType<
    'ITSELF' | 'LINK' | null,
    'ITSELF' | 'LINK' | null | undefined,
    'ITSELF' | 'LINK' | null
  >
}

/** One entry of one section of one patient's record, in the contract's own shape. */
export interface ItemTable {
  /** The contract's field: `allergies`, `testResults`, … */
  section: string
  nhs_number: string
  /** Orders the section, newest first; `NO_TIME` where the source recorded none. Milliseconds. */
  sort_time: Date
  /** The last moment that its time may mean: of a day its end, of a moment itself. */
  last_time: Date
  /** Orders entries of one moment: equal in every source that holds the same business identifier. */
  sort_key: string
  /** The contract's `id`. */
  id: string
  status: string
  /** Every code of every coding of the entry's own code: what `codes` filters by. */
  codes: string[]
  /** True for a statement that the patient has none: shown as `statedNoneKnown`, never as an entry. */
  is_none_known: boolean
  /** True for what is never shared: kept, never read by the graph. */
  is_restricted: boolean
  /** False for what carries a modifier that nobody here knows: kept, never read, and the section says so. */
  is_understood: boolean
  item: Json
  resource_type: string
  resource_id: string
}

/** A patient as this participant knows them. */
export interface PatientTable {
  nhs_number: string
  /** The contract's `Demographics`. */
  demographics: Json
  /** S-flagged: nothing that gives a location may be shown. */
  is_sensitive: boolean
  /** The NHS number that replaced this one. */
  superseded_by: string | null
  /** NHS numbers that this one replaced, sorted. */
  supersedes: ColumnType<string[], string[] | undefined, string[]>
  /**
   * True where the Patients stored under the number cannot be told to be one person: then nobody is named,
   * and nothing of the record is shown.
   */
  is_disputed: ColumnType<boolean, boolean | undefined, boolean>
  /**
   * A disputed patient as each server of the participant knows them: `ServerPatient`. Null where nobody can be
   * told apart by server.
   */
  servers: ColumnType<object | null, string | null | undefined, string | null>
  /** When anything in the record last changed. */
  as_of: Date
  /** Position in the change feed: grows with every change of the patient, their relationships or record. */
  change: ColumnType<string, string | bigint, string | bigint>
}

/** Why an organisation has to do with a patient; docs/access.md says which kinds count, and how long. */
export type RelationshipKind =
  | 'GP_REGISTRATION'
  | 'REFERRAL'
  | 'APPOINTMENT'
  | 'ATTENDANCE'
  | 'ADMISSION'
  | 'CASELOAD'

/** Evidence of care: an organisation, a patient, a kind and a time, with the resource that shows it. */
export interface CareRelationshipTable {
  nhs_number: string
  ods_code: string
  kind: RelationshipKind
  resource_type: string
  resource_id: string
  starts_at: Date | null
  /** Null while it is open. */
  ends_at: Date | null
  /** Who referred, by ODS code; null where nobody is named, and for every other kind. */
  referrer: ColumnType<string | null, string | null | undefined, string | null>
  /** When the resource that shows it was last changed, as its source dates it. */
  recorded_at: ColumnType<Date | null, Date | null | undefined, Date | null>
}

/** One row: which store this is. */
interface StoreTable {
  /** Random, given once: a feed's cursor from another store means nothing here. */
  id: string
}

/** One row: by which lists of what is never shared the resources were judged. */
interface ExclusionListTable {
  is_present: ColumnType<boolean, boolean | undefined, never>
  digest: string
}

/** A participant's own database. */
export interface ParticipantDatabase {
  store: StoreTable
  exclusion_list: ExclusionListTable
  resource: ResourceTable
  item: ItemTable
  patient: PatientTable
  care_relationship: CareRelationshipTable
}
