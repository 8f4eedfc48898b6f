import type { Kysely } from 'kysely'
import type { FhirResource } from '../../fhir/resource.ts'
import type { ParticipantDatabase } from '../../store/tables.ts'
import type { Identity } from '../read/identity.ts'
import type { StagedEntry } from '../read/prepare-entry.ts'
import type { LinkTables } from '../write/link-tables.ts'

/** A participant's database as the one connection sees it that loads. */
export type LoadDatabase = Kysely<ParticipantDatabase & LinkTables>

/** A staged entry that changes the store. */
export interface StagedRow
  extends Omit<
    StagedEntry,
    'resource' | 'identifiers' | 'refusal' | 'turnedAt' | 'server' | 'ownId' | 'isOfHistory'
  > {
  /** Its place in the whole load. */
  readonly seq: number
  /** True when the store holds nothing of it. */
  readonly isNew: boolean
  /** True for a refused Patient that takes back what the store holds: removed, and counted as refused. */
  readonly isWithdrawal: boolean
  /** The parsed `json`, where it is at hand; not to be changed. */
  readonly resource: FhirResource | null
}

/** In which order entries are written: what others are told by goes before them. */
export const turns = ['Patient', 'Provenance', 'OTHERS'] as const

export type Turn = (typeof turns)[number]

/** What a URN, `type` null, or a business identifier stands for is asked by this. */
export interface AliasQuestion {
  readonly alias: string
  /** What it has to be, where the reference says so. */
  readonly type: string | null
}

/** An entry that was taken out. */
export type RefusedState = Pick<StagedRow, 'seq' | 'file' | 'place' | 'type' | 'id' | 'contained'>

/** How many entries of each type change nothing, and how much of each type stands in them. */
export interface UnchangedCounts {
  readonly entries: ReadonlyMap<string, number>
  readonly contained: ReadonlyMap<string, number>
  /** Of the entries: states from before what they tell of was deleted. */
  readonly deleted: ReadonlyMap<string, number>
}

/** A URN in one Bundle. */
export interface ScopedUrn {
  readonly scope: number
  readonly urn: string
}

/** `Type/id` as entries of one Bundle refer to each other by it. */
export interface LocalName {
  readonly scope: number
  readonly type: string
  readonly ownId: string
  /** True when the URL of the entry that asks names its server. */
  readonly isBased: boolean
}

/** A resource that bears such a name. */
export interface Bearer {
  readonly id: string
  /** True when its own URL names its server. */
  readonly isBased: boolean
}

/** What a load has brought for a resource: null when it removes it. */
export type StagedTarget = Pick<StagedRow, 'scope' | 'isBased' | 'nhsNumber' | 'json'> | null

/** A state of a resource of which the load or the store may hold another resource's. */
export interface DisputedState
  extends Pick<StagedRow, 'type' | 'id' | 'scope' | 'isBased' | 'nhsNumber' | 'json'> {
  /** Its place among all that are disputed; those of one resource follow each other. */
  readonly place: number
}

/**
 * Everything of a load, put aside until all of it is known, so that the order of files and entries
 * makes no difference. Small loads stay in memory, others go to temporary tables; both answer alike.
 */
export interface Stage {
  /** Entries that were put aside. */
  readonly size: number
  /**
   * Decides for every entry whether it changes the store. Of several states of one resource the
   * newest counts: by version, else by time, else by place in the load. It changes nothing when the
   * store holds the same content or a newer state; but of a Patient something may have ended since. A
   * refused Patient whose NHS number cannot be gone by any more takes back what the store holds.
   */
  settle(): Promise<void>
  /** How many entries of each type change nothing, those that were refused left out, and what stands in them. */
  countUnchanged(): Promise<UnchangedCounts>
  /** The next states of Patients or others whose identity is to be looked at, after a place. */
  nextDisputed(isPatient: boolean, after: number): Promise<DisputedState[]>
  /** Takes all states of resources out that cannot be told apart, and says where they stood. */
  refuseStates(identities: readonly Identity[]): Promise<RefusedState[]>
  /** The next entries that change the store, of one turn, after a place in the load. */
  nextRows(turn: Turn, after: number): Promise<StagedRow[]>
  /** Of the entries that change the store, the next that are never shared for what they say. */
  nextExcluded(after: number): Promise<StagedRow[]>
  /** `Type/id` for each question; null where this load brings none. */
  findAliases(questions: readonly AliasQuestion[]): Promise<(string | null)[]>
  /** `Type/id` for each URN; null where no entry of its Bundle bears it, or several do. */
  findUrns(urns: readonly ScopedUrn[]): Promise<(string | null)[]>
  /** The resources of its Bundle that bear each name; none where asking could make no difference. */
  findBearers(names: readonly LocalName[]): Promise<(readonly Bearer[])[]>
  /** What this load brings for each `Type/id`; undefined where it changes nothing of it. */
  findTargets(identities: readonly string[]): Promise<(StagedTarget | undefined)[]>
  /** True for each Patient, by Bundle and id, that was refused there, or anywhere for its identity. */
  areRefusedPatients(named: readonly { scope: number; id: string }[]): Promise<boolean[]>
  /** Takes rows out that turned out not to be acceptable. */
  refuse(rows: readonly StagedRow[]): Promise<void>
  /** Frees everything. */
  drop(): Promise<void>
}

/** So many rows are written as one transaction, and so much JSON of them, in characters. */
export const batchRows = 1000
export const batchLength = 1.5 * 1024 * 1024
