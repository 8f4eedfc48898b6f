import type { JWTVerifyGetKey } from 'jose'
import { type Kysely, sql, type Transaction } from 'kysely'
import type { AuditDatabase } from '../store/tables.ts'
import { Breaks, type ChainBreak } from './breaks.ts'
import { findFalseEnd } from './chain-end.ts'
import { ChainWalk } from './chain-walk.ts'
import { NamedHeads } from './named-heads.ts'
import { type ChainPart, readEntries } from './read-entries.ts'
import { lastOf, readSignedEnds, type SignedEnds } from './signed-ends.ts'

/** What a walk over the whole trail has found. */
export interface Verification {
  readonly chains: number
  readonly entries: number
  readonly checkpoints: number
  /** Of each broken chain the first break, in the order of the chains. Empty: untouched. */
  readonly breaks: readonly ChainBreak[]
  /** Chains without an anchor that have not ended: what was cut off after `last` cannot be seen. */
  readonly uncheckedEnds: readonly UncheckedEnd[]
  readonly absentFolders: readonly string[]
}

/** A chain whose end nothing vouches for. */
export interface UncheckedEnd {
  readonly writer: string
  /** The number of the last entry that is there. */
  readonly last: number
  /** Up to which entry a signature covers it. */
  readonly signedTo: number
}

/** What a verification works with. */
export interface VerifyParts {
  readonly db: Kysely<AuditDatabase>
  /** The gateway's public keys. */
  readonly keys: JWTVerifyGetKey
  /** Folders of anchors: one for each host that gateways run on. */
  readonly anchorFolders: readonly string[]
  /** Told after every page: how many of about how many. */
  onProgress?(entries: number, total: number): void
}

/**
 * Verifies every chain of the trail, while gateways go on writing it. It reads one snapshot, then the
 * anchors, and then what a live chain has got since, up to where its anchor stood: whatever a snapshot
 * shows was signed in the anchor before.
 *
 * @throws when the database does not answer or is no audit store
 */
export async function verifyTrail(parts: VerifyParts): Promise<Verification> {
  const trail = new TrailWalk(parts)
  const { absentFolders } = await trail.walk()
  return { ...trail.findings(), absentFolders }
}

class TrailWalk {
  readonly #parts: VerifyParts
  readonly #breaks = new Breaks()
  readonly #namedHeads = new NamedHeads(this.#breaks)
  readonly #walks = new Map<string, ChainWalk>()
  #ends: SignedEnds['byWriter'] = new Map()
  #entries = 0
  #total = 0

  constructor(parts: VerifyParts) {
    this.#parts = parts
  }

  async walk(): Promise<SignedEnds> {
    const signedEnds = await this.#inSnapshot(async (snapshot) => {
      this.#total = await estimateEntries(snapshot)
      const found = await readSignedEnds(this.#parts.anchorFolders, this.#parts.keys)
      this.#ends = found.byWriter
      await this.#follow(snapshot)
      await this.#checkOperations(snapshot)
      return found
    })
    await this.#catchUp()
    for (const [writer, end] of this.#ends) {
      if (!end) this.#breaks.add({ writer, ...FALSE_ANCHOR })
      const falseEnd = end && findFalseEnd(this.#walkOf(writer), end)
      if (falseEnd) this.#breaks.add(falseEnd)
    }
    return signedEnds
  }

  findings(): Omit<Verification, 'absentFolders'> {
    const walks = [...this.#walks.values()].filter(({ counts }) => counts.entries > 0)
    return {
      chains: walks.length,
      entries: walks.reduce((sum, { counts }) => sum + counts.entries, 0),
      checkpoints: walks.reduce((sum, { counts }) => sum + counts.checkpoints, 0),
      breaks: this.#breaks.list(),
      uncheckedEnds: walks
        .filter(({ writer, isSignedAsEnded }) => !this.#ends.has(writer) && !isSignedAsEnded)
        .map(({ writer, last, signedTo }) => ({ writer, last, signedTo })),
    }
  }

  /** Chains that were written while the first snapshot was read: what their anchors already named. */
  async #catchUp(): Promise<void> {
    for (const [writer, end] of this.#ends) {
      const after = this.#walkOf(writer).last
      if (!end || after >= end.committed.sequence) continue
      const part = { writer, after, upTo: lastOf(end) }
      await this.#inSnapshot((snapshot) => this.#follow(snapshot, part))
    }
  }

  async #follow(snapshot: Transaction<AuditDatabase>, part?: ChainPart): Promise<void> {
    for await (const page of readEntries(snapshot, part)) {
      const heads = []
      for (const entry of page) heads.push(...(await this.#walkOf(entry.writer).next(entry)))
      await this.#namedHeads.check(snapshot, heads)
      this.#entries += page.length
      this.#parts.onProgress?.(this.#entries, Math.max(this.#total, this.#entries))
    }
  }

  #walkOf(writer: string): ChainWalk {
    const known = this.#walks.get(writer)
    if (known) return known
    const end = this.#ends.get(writer)
    const anchored = end ? [end.committed, ...(end.underway ? [end.underway] : [])] : []
    const walk = new ChainWalk(writer, { keys: this.#parts.keys, breaks: this.#breaks, anchored })
    this.#walks.set(writer, walk)
    return walk
  }

  async #checkOperations(snapshot: Transaction<AuditDatabase>): Promise<void> {
    const { rows } = await sql<{ digest: string }>`
      select digest from operation
      where digest <> encode(sha256(convert_to(text, 'UTF8')), 'hex') order by digest`.execute(
      snapshot,
    )
    for (const { digest } of rows) {
      const problem = `The text of operation ${digest} was changed: it has another digest`
      this.#breaks.add({ writer: null, sequence: null, recordedAt: null, problem })
    }
  }

  #inSnapshot<Result>(read: (snapshot: Transaction<AuditDatabase>) => Promise<Result>) {
    return this.#parts.db
      .transaction()
      .setIsolationLevel('repeatable read')
      .setAccessMode('read only')
      .execute(read)
  }
}

const FALSE_ANCHOR = {
  sequence: null,
  recordedAt: null,
  problem: "has an anchor that is not the gateway's: it was changed",
}

/** As PostgreSQL estimates it; the first query of the transaction, with which its snapshot begins. */
async function estimateEntries(snapshot: Transaction<AuditDatabase>): Promise<number> {
  const { rows } = await sql<{ estimate: string | null }>`
    select sum(greatest(reltuples, 0))::int8 as estimate from pg_class
    where oid in (select inhrelid from pg_inherits where inhparent = 'audit_entry'::regclass)
  `.execute(snapshot)
  return Number(rows[0]?.estimate ?? 0)
}
