import pg from 'pg'
import { type Entry, GENESIS } from '../chain.ts'
import type { Head } from '../entries.ts'
import type { ChainEnd } from './batch.ts'

/** What a writer does with the audit store. */
export interface AuditStore {
  /** Adds entries, all or none; resolves once they are on the disk. */
  insert(entries: readonly Entry[]): Promise<void>
  /** The last entry of a chain; its beginning when there is none. */
  endOf(writer: string): Promise<ChainEnd>
  /** The last entries of the chains that began most lately. */
  latestHeads(): Promise<Head[]>
  close(): Promise<void>
}

/** How many earlier chains a new one vouches for. */
const VOUCHED_FOR = 100

/**
 * The audit store over one connection: what it writes is committed in the order of the calls.
 *
 * @param timeoutMs how long it may take to connect, and a statement to run
 */
export function connectAuditStore(url: string, timeoutMs: number): AuditStore {
  const pool = new pg.Pool({
    connectionString: url,
    max: 1,
    application_name: 'lcr-audit',
    connectionTimeoutMillis: timeoutMs,
    query_timeout: timeoutMs,
    keepAlive: true,
    // Whatever the server's default: a commit that a crash could undo is none.
    options: '-c synchronous_commit=on -c jit=off',
  })
  pool.on('error', () => {})
  const months = new Set<string>()
  return {
    async insert(entries) {
      for (const { recordedAt } of entries) await ensureMonth(pool, months, recordedAt)
      await pool.query({ name: 'audit-insert', text: INSERT, values: toColumns(entries) })
    },
    async endOf(writer) {
      const { rows } = await pool.query<EndRow>(END_OF, [writer])
      const [row] = rows
      return row ? { sequence: Number(row.sequence), hash: row.hash } : BEGINNING
    },
    async latestHeads() {
      const { rows } = await pool.query<EndRow & { writer: string }>(LATEST_HEADS, [VOUCHED_FOR])
      return rows.map(({ writer, sequence, hash }) => ({
        writer,
        sequence: Number(sequence),
        hash: hash.toString('hex'),
      }))
    },
    close: () => pool.end(),
  }
}

/** Where a chain stands before its first entry. */
export const BEGINNING: ChainEnd = { sequence: 0, hash: GENESIS }

interface EndRow {
  readonly sequence: string
  readonly hash: Buffer
}

/** The month of the time and the one after it, so that no month begins without its partition. */
async function ensureMonth(pool: pg.Pool, months: Set<string>, time: Date): Promise<void> {
  const month = time.toISOString().slice(0, 7)
  if (months.has(month)) return
  const next = new Date(Date.UTC(time.getUTCFullYear(), time.getUTCMonth() + 1, 1))
  for (const day of [time, next]) await pool.query('select audit_ensure_month($1)', [day])
  months.add(month)
}

const INSERT = `
  insert into audit_entry (writer, sequence, recorded_at, body, previous_hash, hash)
  select $1, sequence, recorded_at, body::json, decode(previous_hash, 'hex'), decode(hash, 'hex')
  from unnest($2::bigint[], $3::timestamptz[], $4::text[], $5::text[], $6::text[])
    as entry (sequence, recorded_at, body, previous_hash, hash)`

function toColumns(entries: readonly Entry[]): unknown[] {
  return [
    entries[0]?.writer,
    entries.map(({ sequence }) => sequence),
    entries.map(({ recordedAt }) => recordedAt.toISOString()),
    entries.map(({ body }) => body),
    entries.map(({ previousHash }) => previousHash.toString('hex')),
    entries.map(({ hash }) => hash.toString('hex')),
  ]
}

const END_OF =
  'select sequence, hash from audit_entry where writer = $1 order by sequence desc limit 1'

const LATEST_HEADS = `
  select opened.writer, last.sequence, last.hash
  from (
    select writer, recorded_at from audit_entry where kind = 'OPENED'
    order by recorded_at desc limit $1
  ) as opened
  cross join lateral (
    select sequence, hash from audit_entry
    where writer = opened.writer order by sequence desc limit 1
  ) as last
  order by opened.recorded_at desc`

/** True when a connection that stood was cut, by the server's end or on the way. */
export function isLostConnection(error: unknown): boolean {
  const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown }
  const isCut = typeof code === 'string' && /^(57P0[12]|ECONNRESET|EPIPE)$/.test(code)
  return isCut || (typeof message === 'string' && message.startsWith('Connection terminated'))
}
