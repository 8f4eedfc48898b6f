import type { Kysely } from 'kysely'
import type { Clock } from '../../subgraphs/kit/clock.ts'
import type { Participant } from '../../subgraphs/kit/participant.ts'
import type { AuditDatabase } from '../audit/store/tables.ts'
import type { GovernanceDatabase } from './store/tables.ts'

/** What governance works with beside a request's own context. */
export interface GovernanceParts {
  /** The gateway's database, prepared by `migrateGovernance` and `migrateIndex`. */
  readonly db: Kysely<GovernanceDatabase>
  /** The audit store, for reading. */
  readonly audit: Kysely<AuditDatabase>
  readonly participants: readonly Participant[]
  readonly clock: Clock
  /** How long a claim lasts. */
  readonly emergencyAccessHours: number
  /** How old a sign-in below assurance level 3 may be at a claim. */
  readonly emergencySignInMinutes: number
}
