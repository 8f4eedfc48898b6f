import type { Kysely } from 'kysely'
import { createIndex, type Index } from '../subgraphs/index/create-index.ts'
import { migrateIndex } from '../subgraphs/index/store/migrations.ts'
import type { IndexDatabase } from '../subgraphs/index/store/tables.ts'
import type { Participant } from '../subgraphs/kit/participant.ts'
import { connect } from '../subgraphs/kit/store/connect.ts'
import type { AuditTrail } from './audit/open-trail.ts'
import type { Config } from './config.ts'
import { createGovernance, type Governance } from './governance/create-governance.ts'
import { migrateGovernance } from './governance/store/migrations.ts'
import type { GovernanceDatabase } from './governance/store/tables.ts'

/** What stands in the gateway's own database: who is known where, objections, emergency claims. */
export interface Register {
  readonly db: Kysely<IndexDatabase>
  readonly index: Index
  readonly governance: Governance
}

/**
 * Opens the gateway's own database and brings it to the present schema.
 *
 * @throws when it cannot be reached
 */
export async function openRegister(
  config: Config,
  given: {
    readonly participants: readonly Participant[]
    readonly clock: () => Date
    readonly trail: AuditTrail
  },
): Promise<Register> {
  const { participants, clock, trail } = given
  if (config.databaseUrl === undefined) throw new Error('The gateway needs a DATABASE_URL')
  const db = connect<IndexDatabase>(config.databaseUrl)
  const governanceDb = db.withTables<GovernanceDatabase>()
  await migrateIndex(db)
  await migrateGovernance(governanceDb)
  const { emergencyAccessHours, emergencySignInMinutes } = config
  const hours = { emergencyAccessHours, emergencySignInMinutes }
  return {
    db,
    index: await createIndex({ db, participants, clock }),
    governance: await createGovernance({
      db: governanceDb,
      audit: trail.db,
      participants,
      clock,
      ...hours,
    }),
  }
}
