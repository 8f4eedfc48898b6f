import { type Kysely, sql, type Transaction } from 'kysely'
import type { Clock } from '../../../../subgraphs/kit/clock.ts'
import type { AuditDatabase } from '../../../audit/store/tables.ts'
import type { GovernanceDatabase } from '../../store/tables.ts'
import { raiseAlerts } from '../raise-alerts.ts'
import { type JudgeOptions, judge, looksIn } from './judge.ts'
import { BEGINNING, readTrail, type TrailCursor } from './read-trail.ts'
import { findWrongRecords } from './wrong-records.ts'

/** What a batch is taken with. */
export interface BatchOptions extends JudgeOptions {
  /** The gateway's database. */
  readonly db: Kysely<GovernanceDatabase>
  /** The audit store. */
  readonly audit: Kysely<AuditDatabase>
  readonly clock: Clock
}

/** What became of one batch. */
export interface TakenBatch {
  /** Where the trail is followed to; null while another process is at it. */
  readonly cursor: TrailCursor | null
  /** Whether there may be more behind it. */
  readonly hasMore: boolean
  /** References of the alerts that were raised. */
  readonly raised: readonly string[]
}

/** So many entries are judged at once. */
const BATCH = 500

/**
 * Judges the next entries of the trail. Alerts, what the rules remember, and the cursor are written in
 * one transaction: after a crash nothing is flagged twice and nothing passed by. Of several processes
 * one at a time is let in.
 */
export async function takeBatch(options: BatchOptions): Promise<TakenBatch> {
  const { audit, clock } = options
  return options.db.transaction().execute(async (transaction) => {
    if (!(await isLetIn(transaction))) return { cursor: null, hasMore: false, raised: [] }
    const cursor = await readCursor(transaction)
    const { count, events, outcomes, end } = await readTrail(audit, cursor, BATCH)
    if (count === 0) return { cursor, hasMore: false, raised: [] }
    const looks = looksIn(events)
    const alerts = looks.length === 0 ? [] : await judge(transaction, looks, options)
    const wrong = await findWrongRecords(transaction, audit, outcomes)
    const raised = await raiseAlerts(transaction, [...alerts, ...wrong], clock())
    await writeCursor(transaction, end)
    return { cursor: end, hasMore: count === BATCH, raised }
  })
}

async function isLetIn(transaction: Transaction<GovernanceDatabase>): Promise<boolean> {
  const { rows } = await sql<{ is_let_in: boolean }>`
    select pg_try_advisory_xact_lock(hashtextextended('privacy alerts', 0)) as is_let_in
  `.execute(transaction)
  return rows[0]?.is_let_in === true
}

async function readCursor(transaction: Transaction<GovernanceDatabase>): Promise<TrailCursor> {
  const row = await transaction
    .selectFrom('alert_cursor')
    .select(['xid', 'position'])
    .executeTakeFirst()
  return row ?? BEGINNING
}

async function writeCursor(
  transaction: Transaction<GovernanceDatabase>,
  cursor: TrailCursor,
): Promise<void> {
  await transaction
    .insertInto('alert_cursor')
    .values(cursor)
    .onConflict((conflict) => conflict.column('is_the_one').doUpdateSet(cursor))
    .execute()
}
