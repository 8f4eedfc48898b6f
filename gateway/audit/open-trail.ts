import type { JWK } from 'jose'
import { type Kysely, sql } from 'kysely'
import type { Logger } from 'pino'
import { connect } from '../../subgraphs/kit/store/connect.ts'
import { openAnchor } from './anchor.ts'
import type { EntryBody } from './entries.ts'
import { createHeadSigner } from './head.ts'
import { findPrivilegeProblems } from './store/prepare.ts'
import type { AuditDatabase } from './store/tables.ts'
import { connectAuditStore } from './writer/audit-store.ts'
import { TrailWriter } from './writer/trail-writer.ts'

/** The audit trail of one gateway process. */
export interface AuditTrail {
  /** For reading. */
  readonly db: Kysely<AuditDatabase>
  /** False while nothing can be written: then nothing about patients may be answered. */
  readonly isAvailable: boolean
  /**
   * Resolves once all entries are committed.
   *
   * @throws AuditUnavailable when they are not in time
   */
  commit(entries: readonly EntryBody[]): Promise<void>
  /** Writes entries as soon as it can; nobody waits for them. */
  append(entries: readonly EntryBody[]): void
  /** Keeps an operation's text under its digest, if it is not kept yet. */
  keepOperation(digest: string, text: string): void
  close(): Promise<void>
}

/** The audit store cannot be used as it stands; the message says what to mend. */
export class AuditStoreProblem extends Error {
  override readonly name = 'AuditStoreProblem'
}

/**
 * Opens the audit store and begins a chain of this process's own.
 *
 * @param given.url `postgres://…` of a role that may add and read, and nothing else
 * @param given.anchors the folder of the anchors, absolute
 * @param given.deadlineMs how long a request may wait for its commit
 * @throws AuditStoreProblem for a store that is not prepared, or a role that could change it
 * @throws when it does not answer
 */
export async function openTrail(given: {
  readonly url: string
  readonly anchors: string
  readonly privateJwk: JWK
  readonly clock: () => Date
  readonly logger: Logger
  readonly deadlineMs: number
}): Promise<AuditTrail> {
  const { url, anchors, clock, logger, deadlineMs } = given
  const db = connect<AuditDatabase>(url, 4, { statementTimeoutMs: LONGEST_READ_MS })
  const store = connectAuditStore(url, deadlineMs)
  try {
    const problems = await findPrivilegeProblems(db)
    if (problems.length > 0) throw new AuditStoreProblem(`The audit store: ${problems.join('; ')}`)
    const writer = await TrailWriter.open({
      store,
      openAnchor: (name) => openAnchor(anchors, name),
      sign: createHeadSigner(given.privateJwk),
      clock,
      logger,
      deadlineMs,
    })
    const kept = new Set<string>()
    return {
      db,
      get isAvailable() {
        return writer.isAvailable
      },
      commit: (entries) => writer.commit(entries),
      append: (entries) => writer.append(entries),
      keepOperation(digest, text) {
        if (kept.has(digest)) return
        if (kept.size >= MOST_OPERATIONS) kept.clear()
        kept.add(digest)
        sql`insert into operation (digest, text) values (${digest}, ${text}) on conflict do nothing`
          .execute(db)
          .catch(() => kept.delete(digest))
      },
      async close() {
        await writer.close()
        await store.close()
        await db.destroy()
      },
    }
  } catch (error) {
    await store.close()
    await db.destroy()
    throw error
  }
}

const LONGEST_READ_MS = 20_000

/** So many digests are remembered as kept. */
const MOST_OPERATIONS = 10_000
