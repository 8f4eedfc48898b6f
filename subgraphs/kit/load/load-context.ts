import type { LoadTally } from './report.ts'
import type { Stage } from './stage/stage.ts'
import type { PatientChanges } from './write/patient-changes.ts'
import type { PatientWriting } from './write/write-patients.ts'

/** How far a load has come. */
export interface LoadProgress {
  readonly phase: 'READING' | 'WRITING'
  /** Read from the sources, compressed where they are. */
  readonly bytes: number
  /** Entries read, or entries dealt with. */
  readonly entries: number
  /** Entries to be dealt with; null while they are being read. */
  readonly totalEntries: number | null
}

/** What the steps of one load share. */
export interface LoadContext extends PatientWriting {
  readonly stage: Stage
  readonly tally: LoadTally
  readonly changes: PatientChanges
  /** True when nothing stored before can depend on what comes in. */
  readonly wasEmpty: boolean
  /**
   * NHS numbers of those with something that is never shared. Their entries are judged together when
   * all is stored, since any of them may go with another.
   */
  readonly suspects: Set<string>
  /** Marks what this load writes, by the database's clock. */
  readonly loadedAt: string
  /** Called after each batch with the number of entries that it dealt with. */
  onBatch(entries: number): void
}
