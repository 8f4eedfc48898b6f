import { setTimeout as wait } from 'node:timers/promises'

/** Longer than any gateway takes to follow. */
const WITHIN_MS = 10_000

/**
 * Waits until the gateway answers with a supergraph.
 *
 * @returns how long that took, in seconds; null when it did not come
 */
export async function whenInForce(gateway: string, version: number): Promise<string | null> {
  const since = performance.now()
  while (performance.now() - since < WITHIN_MS) {
    const response = await fetch(new URL('/health/ready', gateway)).catch(() => null)
    const health = (await response?.json().catch(() => null)) as { supergraph?: number } | null
    if ((health?.supergraph ?? -1) >= version) {
      return ((performance.now() - since) / 1000).toFixed(1)
    }
    await wait(100)
  }
  return null
}
