import type { Clock } from '../../kit/clock.ts'

/** So many failures in a row, and the service is left alone, */
const FAILURES = 5

/** for so long, and twice as long each time that the trial fails, */
const SHORTEST_MS = 1000

/** up to so long: what it knows is kept, and seldom missing at once. */
const LONGEST_MS = 60_000

/** Whether a service that keeps failing is asked: now and then, by one call that tries it. */
export class Rest {
  readonly #clock: Clock
  #failures = 0
  #lengthMs = SHORTEST_MS
  #until: number | null = null
  #isTrying = false

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Whether to ask now. Who is told yes says afterwards how it went. */
  mayAsk(): boolean {
    if (this.#until === null) return true
    if (this.#isTrying || this.#clock().getTime() < this.#until) return false
    this.#isTrying = true
    return true
  }

  /** The service answered. */
  succeeded(): void {
    this.#failures = 0
    this.#lengthMs = SHORTEST_MS
    this.#until = null
    this.#isTrying = false
  }

  /** The service did not answer. */
  failed(): void {
    this.#failures += 1
    // What was asked before the rest began says nothing new.
    if (this.#until !== null && !this.#isTrying) return
    this.#isTrying = false
    if (this.#failures < FAILURES) return
    this.#until = this.#clock().getTime() + this.#lengthMs
    this.#lengthMs = Math.min(this.#lengthMs * 2, LONGEST_MS)
  }
}
