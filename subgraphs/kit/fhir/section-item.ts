import type { CareItem, CareRecord } from '../generated/contract.ts'

/** A section, by the contract's name for it: a field of `CareRecord` that lists entries. */
export type SectionName = Exclude<
  keyof CareRecord,
  'nhsNumber' | 'server' | 'asOf' | 'demographics'
>

/** The contract's type of a section's entries: `TestResult` for `testResults`. */
type SectionItem<S extends SectionName> = NonNullable<CareRecord[S]>['nodes'][number]

/** The contract's words for the state of a section's entries: `ResultStatus` for `testResults`. */
export type ItemStatus<S extends SectionName> = SectionItem<S>['status']

/** The fields that the contract gives to the entries of this section alone. */
export type SectionFields<S extends SectionName> = Omit<SectionItem<S>, keyof CareItem | 'status'>
