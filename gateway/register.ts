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
  /** For answering requests: no statement takes longer than an answer may. */
  readonly db: Kysely<IndexDatabase>
  /** For following feeds and the trail, which take their time, over connections of their own. */
  readonly behind: Kysely<IndexDatabase>
  readonly index: Index
  readonly governance: Governance
}

/** So many statements for requests at once, and so many for what goes on behind them. */
const CONNECTIONS = 10
const CONNECTIONS_BEHIND = 4

/** Longer than any batch of a feed takes: a database that hangs does not hold it for ever. */
const LONGEST_BEHIND_MS = 30_000

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
  await migrate(config.databaseUrl)
  const behind = connect<IndexDatabase>(config.databaseUrl, CONNECTIONS_BEHIND, {
    statementTimeoutMs: LONGEST_BEHIND_MS,
  })
  const db = connect<IndexDatabase>(config.databaseUrl, CONNECTIONS, {
    statementTimeoutMs: config.deadlineMs,
  })
  const { emergencyAccessHours, emergencySignInMinutes } = config
  const hours = { emergencyAccessHours, emergencySignInMinutes }
  return {
    db,
    behind,
    index: await createIndex({ db, participants, clock }),
    governance: await createGovernance({
      db: db.withTables<GovernanceDatabase>(),
      audit: trail.db,
      participants,
      clock,
      ...hours,
    }),
  }
}

/** In a connection of its own: a new schema may take longer than any statement of an answer. */
async function migrate(databaseUrl: string): Promise<void> {
  const db = connect<IndexDatabase>(databaseUrl, 1)
  try {
    await migrateIndex(db)
    await migrateGovernance(db.withTables<GovernanceDatabase>())
  } finally {
    await db.destroy()
  }
}
