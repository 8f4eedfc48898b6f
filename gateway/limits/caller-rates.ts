import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { BoundedKeys } from './bounded-keys.ts'
import { type CountedRefusals, RefusalCounts } from './refusal-counts.ts'
import type { Who } from './who.ts'

/** More than may be asked within a minute. */
export interface RateRefusal {
  readonly retryAfterSeconds: number
  /** False where the refusal is counted instead of being an event of its own. */
  readonly isEvent: boolean
}

const MINUTE = 60
const MINUTE_MS = 60_000

/** More callers than all of London's staff have at one gateway within a minute. */
const MOST_CALLERS = 50_000

/**
 * How much each caller may ask of this process. A minute begins with a caller's first request in it.
 * Counts are kept in memory and end with their minute.
 */
export class CallerRates {
  readonly #operations: RateLimiterMemory
  readonly #patients: RateLimiterMemory
  /** Which patients a caller has asked about: asking again is no further patient. */
  readonly #asked = new RateLimiterMemory({ points: 1, duration: MINUTE })
  readonly #callers: BoundedKeys
  readonly #refusals: RefusalCounts

  /** @param given.onCounted told of refusals that were not events, once their minute has ended */
  constructor(given: {
    readonly operationsPerMinute: number
    readonly patientsPerMinute: number
    readonly mostCallers?: number
    onCounted(counted: CountedRefusals): void
  }) {
    const { operationsPerMinute, patientsPerMinute, mostCallers = MOST_CALLERS, onCounted } = given
    this.#callers = new BoundedKeys(mostCallers, MINUTE_MS)
    this.#operations = new RateLimiterMemory({ points: operationsPerMinute, duration: MINUTE })
    this.#patients = new RateLimiterMemory({ points: patientsPerMinute, duration: MINUTE })
    this.#refusals = new RefusalCounts(MINUTE_MS, onCounted)
  }

  /** Counts one more operation; null while the caller may send it. */
  async refuseOperation(who: Who, requestId: string): Promise<RateRefusal | null> {
    const counted = this.#counted(who)
    const over = await overOf(this.#operations.consume(counted.key))
    return over && this.#refusal(over, counted, requestId)
  }

  /**
   * Counts the patients of an operation; null while the caller may ask about them.
   *
   * @param patients whatever tells one from another
   */
  async refusePatients(
    who: Who,
    patients: readonly string[],
    requestId: string,
  ): Promise<RateRefusal | null> {
    const counted = this.#counted(who)
    const keys = [...new Set(patients)].map((patient) => `${counted.key} ${patient}`)
    const known = await Promise.all(keys.map((key) => this.#asked.get(key)))
    const further = keys.filter((_, index) => known[index] === null)
    if (further.length === 0) return null
    const over = await overOf(this.#patients.consume(counted.key, further.length))
    if (over) {
      // What was refused was not looked at: fewer patients may still be asked about.
      await this.#patients.reward(counted.key, further.length)
      return this.#refusal(over, counted, requestId)
    }
    await Promise.all(further.map((key) => this.#asked.penalty(key)))
    return null
  }

  /** Tells what was counted so far. */
  close(): void {
    this.#refusals.close()
  }

  #counted(who: Who): Who {
    const key = this.#callers.keyOf(who.key)
    return key === who.key ? who : { key, userId: null, odsCode: null }
  }

  #refusal({ msBeforeNext }: RateLimiterRes, who: Who, requestId: string): RateRefusal {
    const retryAfterSeconds = Math.max(1, Math.ceil(msBeforeNext / 1000))
    return { retryAfterSeconds, isEvent: this.#refusals.note(who, requestId) }
  }
}

/** What a limiter says that is used up; null while it is not. */
function overOf(consumed: Promise<unknown>): Promise<RateLimiterRes | null> {
  return consumed.then(
    () => null,
    (error: unknown) => {
      if (error instanceof RateLimiterRes) return error
      throw error
    },
  )
}
