import type { Kysely } from 'kysely'
import { migrateIndex } from '../subgraphs/index/store/migrations.ts'
import type { IndexDatabase } from '../subgraphs/index/store/tables.ts'
import { connect } from '../subgraphs/kit/store/connect.ts'
import type { Config } from './config.ts'
import { migrateGovernance } from './governance/store/migrations.ts'
import type { GovernanceDatabase } from './governance/store/tables.ts'
import { migrateRegistry } from './registry/store/migrations.ts'
import type { RegistryDatabase } from './registry/store/tables.ts'

/**
 * The gateway's own database: who is known where, objections, emergency claims, and what is
 * published.
 */
export interface Register {
  /** For answering requests: no statement takes longer than an answer may. */
  readonly db: Kysely<IndexDatabase>
  /** For what goes on behind them and takes its time, over connections of its own. */
  readonly behind: Kysely<IndexDatabase>
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
export async function openRegister({
  databaseUrl,
  deadlineMs,
}: Pick<Config, 'databaseUrl' | 'deadlineMs'>): Promise<Register> {
  if (databaseUrl === undefined) throw new Error('The gateway needs a DATABASE_URL')
  await migrate(databaseUrl)
  return {
    db: connect(databaseUrl, CONNECTIONS, { statementTimeoutMs: deadlineMs }),
    behind: connect(databaseUrl, CONNECTIONS_BEHIND, { statementTimeoutMs: LONGEST_BEHIND_MS }),
  }
}

/** In a connection of its own: a new schema may take longer than any statement of an answer. */
async function migrate(databaseUrl: string): Promise<void> {
  const db = connect<IndexDatabase>(databaseUrl, 1)
  try {
    await migrateIndex(db)
    await migrateGovernance(db.withTables<GovernanceDatabase>())
    await migrateRegistry(db.withTables<RegistryDatabase>())
  } finally {
    await db.destroy()
  }
}
