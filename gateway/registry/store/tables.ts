import type { ColumnType, GeneratedAlways, JSONColumnType } from 'kysely'
import type { ParticipantDescription } from '../../../subgraphs/kit/participant-description.ts'
import type { SchemaChange } from '../changelog/compare-schemas.ts'
import type { CheckResult } from '../checks/check.ts'

/** A participant from outside this project whom the operator admitted. */
interface AdmittedTable {
  code: string
  description: JSONColumnType<ParticipantDescription>
  admitted_at: Date
}

/** Who may publish for one participant. */
interface PublisherTable {
  id: GeneratedAlways<string>
  /** SHA-256 of the token; the token itself is kept nowhere. */
  token_hash: Buffer
  participant: string
  /** Whose it is, as the operator calls them. */
  name: string
  /** Where the participant's subgraph may be: `https://host:port`, each. */
  origins: JSONColumnType<readonly string[]>
  created_at: Date
  revoked_at: Date | null
}

/** What became of a publication. */
export type PublicationOutcome = 'PUBLISHED' | 'REFUSED'

/** One published version of one participant's subgraph, or an attempt at it. Rows are never changed. */
interface PublicationTable {
  /** Grows with time. */
  id: GeneratedAlways<string>
  participant: string
  sdl: string
  url: string
  outcome: PublicationOutcome
  /** What the checks said, in their order. */
  results: JSONColumnType<readonly CheckResult[]>
  /** The publisher's name. */
  published_by: string
  published_at: ColumnType<Date, Date, never>
}

/** One member of a supergraph version. */
export interface VersionMemberRow {
  readonly code: string
  /** Null for a participant of this project that published nothing: its folder's schema stands. */
  readonly publication: string | null
  /** Null for a participant of this project: its folder describes it. */
  readonly description: ParticipantDescription | null
}

/** One composed supergraph. Rows are never changed. */
interface VersionTable {
  number: GeneratedAlways<number>
  /** For which software it was composed: see `baseOf`. */
  base: string
  supergraph: string
  members: JSONColumnType<readonly VersionMemberRow[]>
  /** Why there is a new one, such as `nel published 12`. */
  cause: string
  made_by: string
  made_at: ColumnType<Date, Date, never>
}

/** What a version changed for clients: found out once. */
interface ChangesTable {
  version: number
  changes: JSONColumnType<readonly SchemaChange[]>
}

/** A front-end team. */
interface TeamTable {
  id: GeneratedAlways<string>
  /** SHA-256 of the token; the token itself is kept nowhere. */
  token_hash: Buffer
  name: string
  created_at: Date
  revoked_at: Date | null
}

/** An operation that a team registered. */
interface OperationTable {
  id: GeneratedAlways<string>
  team: string
  /** SHA-256 of the text, in hexadecimal. */
  digest: string
  /** Without values, as the audit trail knows it. */
  text: string
  name: string
  type: OperationType
  /** As the team's manifest calls it. */
  manifest_id: string
  registered_at: Date
  retired_at: Date | null
}

/** What a registered operation is. */
export type OperationType = 'query' | 'mutation'

/** One manifest that was taken over: every process looks for a newer one. */
interface ManifestTable {
  id: GeneratedAlways<string>
  team: string
  operations: number
  added: number
  retired: number
  taken_at: Date
}

/** The registry's part of the gateway's database. */
export type RegistryDatabase = {
  registry_admitted: AdmittedTable
  registry_publisher: PublisherTable
  registry_publication: PublicationTable
  registry_version: VersionTable
  registry_changes: ChangesTable
  registry_team: TeamTable
  registry_operation: OperationTable
  registry_manifest: ManifestTable
}
