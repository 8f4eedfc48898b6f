import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Entry } from '../../../../gateway/audit/chain.ts'
import type { AuditTrail } from '../../../../gateway/audit/open-trail.ts'
import { accessEvent, type TestAuditStore } from '../../../support/audit.ts'

/** A row of the trail with everything that a superuser can change. */
export interface StoredRow extends Entry {
  readonly position: string
  readonly xid: string
}

/** The whole trail, in the order of its chains. */
export async function readRows(store: TestAuditStore): Promise<StoredRow[]> {
  const { rows } = await sql<StoredRow & { sequence: string }>`
    select writer, sequence, recorded_at as "recordedAt", body::text, position, xid::text,
      previous_hash as "previousHash", hash
    from audit_entry order by writer, sequence`.execute(store.owner)
  return rows.map((row) => ({ ...row, sequence: Number(row.sequence) }))
}

/** Makes one trail another, around every trigger, as only a superuser can. */
export async function changeRows(
  store: TestAuditStore,
  from: readonly StoredRow[],
  to: readonly StoredRow[],
): Promise<void> {
  const [before, after] = [new Set(from), new Set(to)]
  const gone = from.filter((row) => !after.has(row))
  const added = to.filter((row) => !before.has(row))
  await store.owner.transaction().execute(async (transaction) => {
    await sql`set local session_replication_role = replica`.execute(transaction)
    await sql`
      delete from audit_entry using unnest(${keysOf(gone)})
        as gone (writer, sequence, recorded_at)
      where audit_entry.writer = gone.writer and audit_entry.sequence = gone.sequence
        and audit_entry.recorded_at = gone.recorded_at`.execute(transaction)
    await sql`
      insert into audit_entry
        (writer, sequence, recorded_at, body, previous_hash, hash, position, xid)
      select writer, sequence, recorded_at, body::json, decode(previous_hash, 'hex'),
        decode(hash, 'hex'), position, xid::xid8
      from unnest(
        ${keysOf(added)},
        ${added.map(({ body }) => body)}::text[],
        ${added.map(({ previousHash }) => previousHash.toString('hex'))}::text[],
        ${added.map(({ hash }) => hash.toString('hex'))}::text[],
        ${added.map(({ position }) => position)}::bigint[],
        ${added.map(({ xid }) => xid)}::text[]
      ) as entry (writer, sequence, recorded_at, body, previous_hash, hash, position, xid)
    `.execute(transaction)
  })
}

function keysOf(rows: readonly StoredRow[]) {
  return sql`
    ${rows.map(({ writer }) => writer)}::text[],
    ${rows.map(({ sequence }) => sequence)}::bigint[],
    ${rows.map(({ recordedAt }) => recordedAt.toISOString())}::timestamptz[]`
}

/** A clock that stands until it is moved. */
export function createClock(start: string) {
  let time = new Date(start).getTime()
  return {
    now: () => new Date(time),
    advance(seconds: number) {
      time += seconds * 1000
    },
  }
}

/** How many batches of how many events, and the seconds before each. */
export interface BatchPlan {
  readonly batches: number
  readonly each: number
  readonly seconds: number
}

/** Commits events in batches, with a while between one and the next. */
export async function writeEvents(
  trail: AuditTrail,
  clock: ReturnType<typeof createClock>,
  plan: BatchPlan,
): Promise<void> {
  for (let batch = 0; batch < plan.batches; batch += 1) {
    clock.advance(plan.seconds)
    const at = clock.now().toISOString()
    const events = Array.from({ length: plan.each }, () => accessEvent({ at }))
    await trail.commit(events)
  }
}

/** The text of an operation with its digest, as the gateway keeps it. */
export function operation(text: string): { readonly digest: string; readonly text: string } {
  return { digest: createHash('sha256').update(text).digest('hex'), text }
}
