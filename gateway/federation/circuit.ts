import {
  BrokenCircuitError,
  CircuitState as CockatielState,
  CountBreaker,
  circuitBreaker,
  ExponentialBackoff,
  handleWhen,
  noJitterGenerator,
} from 'cockatiel'
import { SourceFailure } from './source-failure.ts'

/** Whether a source is asked: CLOSED it is, OPEN it is not, HALF_OPEN one call tries it. */
export type CircuitState = 'CLOSED' | 'OPEN' | 'HALF_OPEN'

export interface CircuitOptions {
  /** Opened when half of so many last calls failed, */
  readonly calls: number
  /** of which there were so many at least. */
  readonly leastCalls: number
  /** For so many milliseconds; twice as long each time that the trial fails, */
  readonly openMs: number
  /** up to so many. */
  readonly longestOpenMs: number
}

/**
 * A source that hangs costs everybody its deadline: few wait in vain before it is left alone. Nor does
 * it stay alone for long, since what it knows is missing as long.
 */
export const CIRCUIT: Omit<CircuitOptions, 'openMs'> = {
  calls: 20,
  leastCalls: 5,
  longestOpenMs: 10_000,
}

/** Leaves a source alone that fails again and again, and tries it now and then with a single call. */
export class Circuit {
  readonly #breaker: ReturnType<typeof circuitBreaker>
  #since: Date | null = null
  #isTrying = false

  /** @param onChange told of each new state */
  constructor(options: CircuitOptions, onChange: (state: CircuitState) => void = () => {}) {
    const isBreakage = (error: Error) => error instanceof SourceFailure
    this.#breaker = circuitBreaker(handleWhen(isBreakage), {
      breaker: new CountBreaker({
        threshold: 0.5,
        size: options.calls,
        minimumNumberOfCalls: options.leastCalls,
      }),
      halfOpenAfter: new ExponentialBackoff({
        initialDelay: options.openMs,
        maxDelay: options.longestOpenMs,
        generator: noJitterGenerator,
      }),
    })
    this.#breaker.onStateChange((state) => {
      this.#since = new Date()
      onChange(toState(state))
    })
  }

  get state(): CircuitState {
    return toState(this.#breaker.state)
  }

  /** When the state last changed; null when it never has. */
  get since(): Date | null {
    return this.#since
  }

  /**
   * Calls the source, unless it is left alone. Every SourceFailure that the call throws counts.
   *
   * @param call told whether it is a trial, which no client that goes away may end: what came of it
   *   would not be known
   * @returns null when the source was not called
   */
  async run<Answer>(call: (isTrial: boolean) => Promise<Answer>): Promise<Answer | null> {
    // Who comes while another call tries the source would wait for that one.
    if (this.#isTrying) return null
    try {
      return await this.#breaker.execute(() => this.#called(call))
    } catch (error) {
      if (error instanceof BrokenCircuitError) return null
      throw error
    }
  }

  async #called<Answer>(call: (isTrial: boolean) => Promise<Answer>): Promise<Answer> {
    const isTrial = this.#breaker.state !== CockatielState.Closed
    this.#isTrying = isTrial
    try {
      return await call(isTrial)
    } finally {
      if (isTrial) this.#isTrying = false
    }
  }
}

function toState(state: CockatielState): CircuitState {
  if (state === CockatielState.Closed) return 'CLOSED'
  return state === CockatielState.HalfOpen ? 'HALF_OPEN' : 'OPEN'
}
