import { setTimeout as wait } from 'node:timers/promises'

/**
 * Looks again and again, with a rest in between; of a look that fails, once until one succeeds.
 *
 * @returns what ends it, once the look under way is over
 */
export function keepLooking(given: {
  readonly intervalMs: number
  /** True when a look before has failed, and that was told. */
  readonly isAway?: boolean
  look(): Promise<void>
  onAway(error: unknown): void
  onBack?(): void
}): () => Promise<void> {
  const { intervalMs, look, onAway, onBack } = given
  let { isAway = false } = given
  const stopping = new AbortController()
  const { signal } = stopping

  async function run(): Promise<void> {
    while (!signal.aborted) {
      await wait(intervalMs, undefined, { signal }).catch(() => {})
      if (signal.aborted) return
      try {
        await look()
        if (isAway) onBack?.()
        isAway = false
      } catch (error) {
        if (!isAway) onAway(error)
        isAway = true
      }
    }
  }

  const running = run()
  return async () => {
    stopping.abort()
    await running
  }
}
