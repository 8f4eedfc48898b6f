import type { EntryBody } from '../entries.ts'
import { toText } from './to-text.ts'

/** The trail cannot take what must be written before an answer may leave. */
export class AuditUnavailable extends Error {
  override readonly name = 'AuditUnavailable'
}

/** So much is kept while the store is away: hours of refusals, and well within memory. */
const MOST_KEPT = 50_000

interface Waiter {
  /** How many of its entries are not committed yet. */
  left: number
  resolve(): void
  reject(error: Error): void
}

/** What is to be written, in its order, and who waits for it. */
export class Waiting {
  readonly #deadlineMs: number
  #entries: { readonly body: string; readonly waiter: Waiter | null }[] = []
  #taken: (Waiter | null)[] = []
  #unrecorded = 0
  /** How many of the entries somebody waits for. */
  #awaited = 0

  constructor(deadlineMs: number) {
    this.#deadlineMs = deadlineMs
  }

  get size(): number {
    return this.#entries.length
  }

  /** True when somebody waits for one of them. */
  get isAwaited(): boolean {
    return this.#awaited > 0
  }

  /**
   * Adds entries that somebody waits for.
   *
   * @param isTaken false when the store is known to be away: they are kept, and the promise is broken at once
   */
  add(entries: readonly EntryBody[], isTaken: boolean): Promise<void> {
    if (this.#entries.length >= MOST_KEPT) {
      this.#unrecorded += 1
      return Promise.reject(new AuditUnavailable())
    }
    if (!isTaken) {
      this.addUnawaited(entries)
      return Promise.reject(new AuditUnavailable())
    }
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(new AuditUnavailable()), this.#deadlineMs)
      const waiter: Waiter = {
        left: entries.length,
        resolve: () => {
          clearTimeout(late)
          resolve()
        },
        reject: (error) => {
          clearTimeout(late)
          reject(error)
        },
      }
      for (const entry of entries) this.#entries.push({ body: toText(entry), waiter })
      this.#awaited += entries.length
    })
  }

  addUnawaited(entries: readonly EntryBody[]): void {
    if (this.#entries.length >= MOST_KEPT) return
    for (const entry of entries) this.#entries.push({ body: toText(entry), waiter: null })
  }

  /** The next bodies to write; they are taken until `settle`. */
  take(most: number): string[] {
    const taken = this.#entries.splice(0, most)
    this.#awaited -= taken.filter(({ waiter }) => waiter !== null).length
    this.#taken.push(...taken.map(({ waiter }) => waiter))
    return taken.map(({ body }) => body)
  }

  /** What was taken is committed. */
  settle(): void {
    for (const waiter of this.#taken) {
      if (!waiter) continue
      waiter.left -= 1
      if (waiter.left === 0) waiter.resolve()
    }
    this.#taken = []
  }

  /** Everybody who waits is told that it comes too late; what they brought is kept. */
  rejectAll(): void {
    const waiters = [...this.#taken, ...this.#entries.map(({ waiter }) => waiter)]
    for (const waiter of new Set(waiters)) waiter?.reject(new AuditUnavailable())
  }

  /** How many requests brought what could not be kept, since the last time. */
  takeUnrecorded(): number {
    const count = this.#unrecorded
    this.#unrecorded = 0
    return count
  }
}
