/** What bounds the limit. */
export interface AdaptiveLimitOptions {
  /** It is never more, whatever happens. */
  readonly most: number
  /** While even the quickest request waits longer for the process itself, there are too many; in milliseconds. */
  readonly maxWaitMs: number
  /** Milliseconds, as `performance.now()`, which it is when left out. */
  readonly now?: () => number
}

/** What a process takes on before it knows better. */
const AT_FIRST = 64

/** However slow it all is, so many go on. */
const LEAST = 8

/** One pause is no overload, and neither are a few slow requests. */
const WINDOW_MS = 500
const LEAST_IN_WINDOW = 8

const SHRINKS_TO = 0.75

/** What a request adds while the limit is in use: one that hardly waited, and one that waited not too long. */
const GROWS_BY = { quick: 1, bearable: 0.2 } as const
const QUICK = 0.25

/** What was seen since a moment. */
interface Window {
  readonly endsAt: number
  requests: number
  shortestWait: number
  mostInProgress: number
}

/**
 * How many requests a process works on at once: as many as it can without letting them wait for
 * itself, so that nobody has to know how fast the machine is. What counts is the time from a request's
 * coming until its sources may be asked: that is the process's own and its stores', and a source that
 * is slow makes nobody wait there.
 *
 * Additive increase, multiplicative decrease, on the delay that never goes away within a window, which
 * tells a queue that stands from a burst that passes (RFC 8289, section 3).
 */
export class AdaptiveLimit {
  readonly #most: number
  readonly #maxWaitMs: number
  readonly #now: () => number
  #limit: number
  #inProgress = 0
  #window: Window

  constructor({ most, maxWaitMs, now = () => performance.now() }: AdaptiveLimitOptions) {
    this.#most = most
    this.#maxWaitMs = maxWaitMs
    this.#now = now
    this.#limit = Math.min(AT_FIRST, most)
    this.#window = this.#begin()
  }

  /** Whether one more request would be too many. */
  get isReached(): boolean {
    return this.#inProgress >= Math.floor(this.#limit)
  }

  /** A request is taken on. */
  enter(): void {
    this.#inProgress += 1
    this.#window.mostInProgress = Math.max(this.#window.mostInProgress, this.#inProgress)
  }

  /** Its answer has left. */
  leave(): void {
    this.#inProgress -= 1
  }

  /** Learns how long a request waited for the process itself, in milliseconds. */
  waited(ms: number): void {
    const window = this.#window
    window.requests += 1
    window.shortestWait = Math.min(window.shortestWait, ms)
    this.#grow(ms)
    if (this.#now() < window.endsAt) return
    this.#limit = Math.min(this.#most, Math.max(LEAST, this.#after(window)))
    this.#window = this.#begin()
  }

  #grow(ms: number): void {
    if (ms > this.#maxWaitMs || this.#inProgress <= this.#limit / 2) return
    const by = ms <= this.#maxWaitMs * QUICK ? GROWS_BY.quick : GROWS_BY.bearable
    this.#limit = Math.min(this.#most, this.#limit + by)
  }

  /** The limit after what was seen: of what was in use, not of what was allowed. */
  #after({ requests, shortestWait, mostInProgress }: Window): number {
    if (shortestWait > this.#maxWaitMs && requests >= LEAST_IN_WINDOW) {
      return Math.min(this.#limit, mostInProgress) * SHRINKS_TO
    }
    // A limit that was needed once would let in more than was ever tried since.
    const isUnused = mostInProgress < this.#limit / 2
    return isUnused
      ? Math.max(Math.min(this.#limit, AT_FIRST), this.#limit * SHRINKS_TO)
      : this.#limit
  }

  #begin(): Window {
    return {
      endsAt: this.#now() + WINDOW_MS,
      requests: 0,
      shortestWait: Number.POSITIVE_INFINITY,
      mostInProgress: this.#inProgress,
    }
  }
}
