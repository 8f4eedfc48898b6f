import type { Who } from './who.ts'

/** Refusals that were counted instead of written one by one. */
export interface CountedRefusals {
  /** The request whose refusal was an event of its own. */
  readonly requestId: string
  readonly userId: string | null
  readonly odsCode: string | null
  /** How many followed it. */
  readonly refusals: number
}

/**
 * Which refusal of a caller is an event of the audit trail. A caller who hammers would otherwise fill
 * the store, where nothing is ever deleted, as fast as they can ask: so the first refusal of a minute is
 * an event like any other, and those after it become one number.
 */
export class RefusalCounts {
  readonly #open = new Map<string, { counted: CountedRefusals; timer: NodeJS.Timeout }>()
  readonly #windowMs: number
  readonly #onCounted: (counted: CountedRefusals) => void

  constructor(windowMs: number, onCounted: (counted: CountedRefusals) => void) {
    this.#windowMs = windowMs
    this.#onCounted = onCounted
  }

  /** True for the refusal that is to be an event. */
  note({ key, userId, odsCode }: Who, requestId: string): boolean {
    const open = this.#open.get(key)
    if (open) {
      open.counted = { ...open.counted, refusals: open.counted.refusals + 1 }
      return false
    }
    const timer = setTimeout(() => this.#end(key), this.#windowMs).unref()
    this.#open.set(key, { counted: { requestId, userId, odsCode, refusals: 0 }, timer })
    return true
  }

  /** Tells what was counted so far. */
  close(): void {
    for (const key of this.#open.keys()) this.#end(key)
  }

  #end(key: string): void {
    const open = this.#open.get(key)
    clearTimeout(open?.timer)
    this.#open.delete(key)
    if (open && open.counted.refusals > 0) this.#onCounted(open.counted)
  }
}
