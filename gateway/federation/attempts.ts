import { setTimeout as wait } from 'node:timers/promises'
import type { GraphqlBody, Replica } from './replica.ts'
import { SourceFailure } from './source-failure.ts'

/** An operation for one source. */
interface Sent {
  /** What is sent, made anew for each attempt: it says how much time is left. */
  readonly request: () => { readonly body: string; readonly headers: Record<string, string> }
  readonly signal: AbortSignal
}

/** Before the one address of a source is tried a second time, in milliseconds. */
const PAUSE_MS = 50

/**
 * Asks the replicas of one source, with at most one second attempt: after a connection that did not
 * come about, or, where there is another replica, beside a first one that takes long. The first answer
 * counts, and ends the other attempt.
 */
export class Attempts {
  readonly #replicas: readonly Replica[]
  readonly #hedgeAfterMs: number
  /** The replica that answered last, or did not fail last: it is asked first. */
  #preferred = 0

  constructor(replicas: readonly Replica[], hedgeAfterMs: number) {
    this.#replicas = replicas
    this.#hedgeAfterMs = hedgeAfterMs
  }

  /**
   * Sends one operation.
   *
   * @throws SourceFailure when no attempt brought an answer
   */
  async send(sent: Sent): Promise<GraphqlBody> {
    const first = this.#preferred
    const second = (first + 1) % this.#replicas.length
    if (second === first) return this.#sendTwice(first, sent)
    const over = new AbortController()
    const both = { ...sent, signal: AbortSignal.any([sent.signal, over.signal]) }
    const attempt = async (place: number, other: number) => {
      try {
        const answer = await this.#attempt(place, both)
        this.#preferred = place
        return answer
      } catch (error) {
        // The next request tries the other one, unless this one was only ended.
        if (!over.signal.aborted && this.#preferred === place) this.#preferred = other
        throw error
      }
    }
    try {
      const one = attempt(first, second)
      const state = await this.#stateOf(one, over.signal)
      if (state === 'SLOW') return await firstOf(one, attempt(second, first))
      if (state !== 'NOT_REACHED' || sent.signal.aborted) return await one
      return await attempt(second, first)
    } finally {
      over.abort()
    }
  }

  /** Asks the only replica, and again a moment later when it could not be reached. */
  async #sendTwice(place: number, sent: Sent): Promise<GraphqlBody> {
    try {
      return await this.#attempt(place, sent)
    } catch (error) {
      if (!isNotReached(error) || sent.signal.aborted) throw error
      await wait(PAUSE_MS, undefined, { signal: sent.signal }).catch(() => {})
      return this.#attempt(place, sent)
    }
  }

  async #attempt(place: number, { request, signal }: Sent): Promise<GraphqlBody> {
    const replica = this.#replicas[place]
    if (!replica) throw new SourceFailure('FAILED', 'NO_REPLICA')
    return replica.send({ request, signal })
  }

  /** What has become of an attempt when a second one might begin. */
  async #stateOf(
    attempt: Promise<unknown>,
    over: AbortSignal,
  ): Promise<'ENDED' | 'NOT_REACHED' | 'SLOW'> {
    const ended = attempt.then(
      () => 'ENDED' as const,
      (error: unknown) => (isNotReached(error) ? 'NOT_REACHED' : 'ENDED'),
    )
    const slow = wait(this.#hedgeAfterMs, 'SLOW' as const, { signal: over, ref: false })
    slow.catch(() => {})
    return Promise.race([ended, slow])
  }
}

async function firstOf<Answer>(one: Promise<Answer>, other: Promise<Answer>): Promise<Answer> {
  try {
    return await Promise.any([one, other])
  } catch {
    return one
  }
}

function isNotReached(error: unknown): boolean {
  return error instanceof SourceFailure && error.kind === 'NOT_REACHED'
}
