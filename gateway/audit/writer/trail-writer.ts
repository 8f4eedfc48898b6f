import type { Logger } from 'pino'
import type { Entry } from '../chain.ts'
import type { EntryBody } from '../entries.ts'
import { type AuditStore, isLostConnection } from './audit-store.ts'
import { type ChainEnd, chainOn, toHead } from './batch.ts'
import { beginChain, type ChainParts, type OwnChain } from './own-chain.ts'
import { toPlainText } from './to-text.ts'
import { Waiting } from './waiting.ts'

/** What a writer works with. */
export interface WriterParts extends ChainParts {
  readonly store: AuditStore
  readonly logger: Logger
  /** How long a request may wait for its commit, in milliseconds. */
  readonly deadlineMs: number
}

/** More in one transaction would keep the first ones waiting. */
const LARGEST_BATCH = 500

/** A chain is signed at least so often, in entries and in milliseconds. */
const CHECKPOINT_EVERY = 1000
const CHECKPOINT_EVERY_MS = 10_000

/** An outcome would otherwise have a transaction of its own, for which the next event had to wait. */
const APPEND_WITHIN_MS = 50

/** Between two tries to reach a store that is away. */
const RETRY_MS = 200

/**
 * Writes one chain of entries. All that come while a transaction is under way share the next one. When
 * the store is away, who waits is told so, and what was to be written is kept until it is back.
 */
export class TrailWriter {
  readonly #parts: WriterParts
  readonly #waiting: Waiting
  #chain: OwnChain
  /** Handed to the store, and not known to be there. */
  #underway: readonly Entry[] = []
  #running: Promise<void> | null = null
  #retry: NodeJS.Timeout | undefined
  #soon: NodeJS.Timeout | undefined
  readonly #idle: NodeJS.Timeout
  #isAway = false
  /** True while what is under way has been made plain. */
  #isPlain = false
  #isClosed = false

  private constructor(parts: WriterParts, chain: OwnChain) {
    this.#parts = parts
    this.#chain = chain
    this.#waiting = new Waiting(parts.deadlineMs)
    this.#idle = setInterval(() => this.#run(), CHECKPOINT_EVERY_MS).unref()
  }

  /**
   * Begins a chain.
   *
   * @throws when the store or the anchor cannot be written
   */
  static async open(parts: WriterParts): Promise<TrailWriter> {
    const writer = new TrailWriter(parts, beginChain(parts))
    const heads = await parts.store.latestHeads()
    await writer.commit([{ kind: 'OPENED', at: parts.clock().toISOString(), heads }])
    return writer
  }

  /** False while the store is away: nothing may be answered. */
  get isAvailable(): boolean {
    return !this.#isAway && !this.#isClosed
  }

  /**
   * Resolves once all entries are committed.
   *
   * @throws AuditUnavailable when they are not in time; they are written later if they can be
   */
  async commit(entries: readonly EntryBody[]): Promise<void> {
    const committed = this.#waiting.add(entries, !this.#isAway)
    this.#run()
    await committed
  }

  /** Writes entries with the next ones that somebody waits for, or a moment later. */
  append(entries: readonly EntryBody[]): void {
    this.#waiting.addUnawaited(entries)
    this.#soon ??= setTimeout(() => this.#run(), APPEND_WITHIN_MS)
  }

  /** Writes what is left, with a last signature, and ends; what a store that is away did not take is lost. */
  async close(): Promise<void> {
    this.#isClosed = true
    clearInterval(this.#idle)
    clearTimeout(this.#retry)
    clearTimeout(this.#soon)
    await this.#running
    if (!this.#isAway) await this.#drain(true).catch(() => {})
    this.#chain.anchor.close()
    this.#waiting.rejectAll()
  }

  #run(): void {
    clearTimeout(this.#soon)
    this.#soon = undefined
    if (this.#running || this.#retry || this.#isClosed) return
    this.#running = this.#drain(false)
      // A lost connection is known only when it is used: the next one is a new one.
      .catch((error: unknown) => {
        if (!isLostConnection(error)) throw error
        return this.#drain(false)
      })
      .then(() => this.#say(false))
      .catch((error: unknown) => {
        this.#say(true, error)
        this.#waiting.rejectAll()
        this.#retry = setTimeout(() => {
          this.#retry = undefined
          this.#run()
        }, RETRY_MS).unref()
      })
      .finally(() => {
        this.#running = null
        if (!this.#isAway && this.#waiting.isAwaited) this.#run()
        else if (this.#waiting.size > 0) this.append([])
      })
  }

  async #drain(isLast: boolean): Promise<void> {
    if (this.#isAway || this.#underway.length > 0) await this.#reconcile()
    do {
      const entries = this.#nextBatch(isLast && this.#waiting.size <= LARGEST_BATCH)
      if (entries.length === 0) return
      this.#underway = entries
      await this.#write()
    } while (this.#waiting.isAwaited || (isLast && this.#waiting.size > 0))
  }

  /** What waits, chained on, with a signature over it when one is due. */
  #nextBatch(isLast: boolean): readonly Entry[] {
    const { clock, sign } = this.#parts
    const { writer, end, signedAt } = this.#chain
    const recordedAt = clock()
    const bodies = this.#waiting.take(LARGEST_BATCH)
    const entries = chainOn(end, { writer, recordedAt, bodies })
    const last = entries.at(-1) ?? end
    const isUnsigned = last.sequence > signedAt.sequence
    const isDue =
      last.sequence - signedAt.sequence >= CHECKPOINT_EVERY ||
      recordedAt.getTime() - signedAt.time >= CHECKPOINT_EVERY_MS
    if (!isLast && !(isUnsigned && isDue)) return entries
    const signature = sign({ ...toHead(writer, last), isLast })
    const at = recordedAt.toISOString()
    const checkpoint: EntryBody = { kind: 'CHECKPOINT', at, isLast, signature }
    const signed = chainOn(last, { writer, recordedAt, bodies: [JSON.stringify(checkpoint)] })
    this.#chain.signedAt = {
      sequence: signed.at(-1)?.sequence ?? last.sequence,
      time: recordedAt.getTime(),
    }
    return [...entries, ...signed]
  }

  async #write(): Promise<void> {
    const { store, sign } = this.#parts
    const last = this.#underway.at(-1)
    if (!last) return
    const underway = sign(toHead(last.writer, last))
    this.#chain.anchor.write({ committed: this.#chain.signature, underway })
    try {
      await store.insert(this.#underway)
    } catch (error) {
      if (!isForItsContent(error) || this.#isPlain) throw error
      // Tried again as it is, it would keep everything behind it from being written, for ever.
      this.#isPlain = true
      this.#rechain(this.#bodiesUnderway().map(toPlainText))
      return this.#write()
    }
    this.#isPlain = false
    this.#settle(last, underway)
  }

  /** What is under way without its signature, which holds for this chain and these entries alone. */
  #bodiesUnderway(): string[] {
    const bodies = this.#underway.map(({ body }) => body)
    return bodies.filter((body) => JSON.parse(body).kind !== 'CHECKPOINT')
  }

  #rechain(bodies: readonly string[]): void {
    const { writer, end } = this.#chain
    this.#underway = chainOn(end, { writer, recordedAt: this.#parts.clock(), bodies })
    // It is signed again when the next signature is due.
    this.#chain.signedAt = { ...this.#chain.signedAt, sequence: end.sequence }
  }

  #settle(end: ChainEnd, signature: string): void {
    this.#chain.end = end
    this.#chain.signature = signature
    this.#underway = []
    this.#waiting.settle()
    this.#chain.anchor.write({ committed: signature, underway: null })
  }

  /** After a failure nobody knows whether the last batch is there: the store does. */
  async #reconcile(): Promise<void> {
    const { store, logger, clock } = this.#parts
    const there = await store.endOf(this.#chain.writer)
    const last = this.#underway.at(-1)
    if (there.hash.equals(this.#chain.end.hash)) {
      if (last) await this.#write()
    } else if (last && there.hash.equals(last.hash)) {
      this.#settle(last, this.#parts.sign(toHead(last.writer, last)))
    } else {
      logger.error({ writer: this.#chain.writer }, 'the audit trail was changed by somebody else')
      this.#chain.anchor.close()
      this.#chain = beginChain(this.#parts)
      const opened = { kind: 'OPENED', at: clock().toISOString(), heads: await store.latestHeads() }
      this.#rechain([JSON.stringify(opened), ...this.#bodiesUnderway()])
      await this.#write()
    }
    const unrecorded = this.#waiting.takeUnrecorded()
    if (unrecorded > 0) {
      this.append([{ kind: 'UNRECORDED', at: clock().toISOString(), refusals: unrecorded }])
    }
  }

  #say(isAway: boolean, error?: unknown): void {
    if (isAway === this.#isAway) return
    this.#isAway = isAway
    const { code } = (error ?? {}) as { code?: unknown }
    if (isAway) this.#parts.logger.error({ problem: code }, 'the audit store is away')
    else this.#parts.logger.warn('the audit store is back')
  }
}

/** PostgreSQL's classes of errors for data that it cannot hold, or not so large. */
function isForItsContent(error: unknown): boolean {
  const { code } = (error ?? {}) as { code?: unknown }
  return typeof code === 'string' && /^(22|54)/.test(code)
}
