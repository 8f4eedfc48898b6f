import type { Step } from './populate.ts'
import type { PopulationState } from './population.ts'

/** What the launcher tells a process that it started. */
export type Order =
  /** The databases are there: begin, with these. */
  | ({ readonly kind: 'begin' } & OwnDatabases)
  /** Follow every participant's feed to its end, and say so. */
  | { readonly kind: 'catch-up' }
  /** Load a participant's invented patients. */
  | {
      readonly kind: 'load'
      readonly participant: string
      readonly databaseUrl: string
      readonly population: PopulationState
    }

/** The databases that one process works with. */
export interface OwnDatabases {
  readonly databaseUrl: string
  /** The gateway's alone. */
  readonly auditUrl?: string
}

/** What a started process tells the launcher. */
export type Report =
  | { readonly kind: 'ready' }
  | { readonly kind: 'progress'; readonly step: Step }
  | { readonly kind: 'loaded'; readonly participant: string }
  | { readonly kind: 'caught-up' }
  /** One line, fit for the terminal; the process ends after it. */
  | { readonly kind: 'problem'; readonly line: string }
