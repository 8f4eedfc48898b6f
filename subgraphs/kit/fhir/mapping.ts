import type { Selectable } from 'kysely'
import type { Demographics } from '../generated/contract.ts'
import type { Participant } from '../participant.ts'
import type { CareRelationshipTable } from '../store/tables.ts'
import type { FhirReference, FhirResource } from './resource.ts'

/** What a mapping may look at beside the resource itself. It reads nothing else and never waits. */
export interface MappingContext {
  readonly participant: Participant
  /** The moment at which something is current or has ended. */
  readonly now: Date
  /** The resource that a reference means (contained, in the same bundle, or stored), if it is known. */
  resolve(reference: FhirReference | undefined): FhirResource | null
  /** The contract's `id` of the entry made from a resource, whether or not it is stored yet. */
  itemId(resourceType: string, resourceId: string): string
  /** The Provenance resources that name a resource as their target, the earliest recorded first. */
  provenancesOf(resource: FhirResource): readonly FhirResource[]
  /** True for a resource that is never shared: then nothing of it may show in another. */
  isExcluded(resource: FhirResource): boolean
}

/** One entry of one section, ready for the store. */
export interface MappedItem {
  /** The contract's field: `allergies`, `testResults`, … */
  readonly section: string
  /** The contract's `id`. */
  readonly id: string
  /** Orders the section; null where the source recorded no time. */
  readonly sortTime: Date | null
  /** The last moment that its time may mean: what is dated by a day, month or year lasts so long. */
  readonly lastTime: Date | null
  /** See `sortKeyOf` in ../position.ts. */
  readonly sortKey: string
  readonly status: string
  readonly codes: readonly string[]
  readonly isNoneKnown: boolean
  readonly isRestricted: boolean
  /** False for what is kept and not shown, since its meaning is not understood; see modifiers/. */
  readonly isUnderstood: boolean
  /** The entry in the contract's shape, every non-null field present, enum values in range. */
  readonly item: object
}

/** A patient, ready for the store. */
export interface MappedPatient {
  readonly demographics: Demographics
  readonly isSensitive: boolean
  /** The NHS number that replaced this one. */
  readonly supersededBy: string | null
  /** NHS numbers that this one replaced, sorted. */
  readonly supersedes: readonly string[]
  /** True where several Patients under the number cannot be told to be one person. */
  readonly isDisputed: boolean
}

/** A patient as one server of the participant knows them; see `serverName`. */
export interface ServerPatient extends MappedPatient {
  readonly server: string
}

/** A patient as all Patients under one number describe them. */
export interface CombinedPatient extends MappedPatient {
  /** Each server for itself, where they may have different people under the number; else empty. */
  readonly servers: readonly ServerPatient[]
}

/** One section: which resources belong to it, and how each becomes entries. */
export interface SectionMapping {
  readonly section: string
  /** FHIR resource types that this section reads. */
  readonly resourceTypes: readonly string[]
  /** True when this resource, of one of those types, belongs to this section. */
  accepts(resource: FhirResource): boolean
  toItems(resource: FhirResource, context: MappingContext): MappedItem[]
}

/** Evidence of care that a resource gives. */
export type MappedRelationship = Omit<Selectable<CareRelationshipTable>, 'nhs_number'>
