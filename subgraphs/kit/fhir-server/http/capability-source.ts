import { unlessAborted } from '../../unless-aborted.ts'
import type { Capabilities } from './capabilities.ts'

/** For how long a server is taken to offer what it offered. */
const GOOD_FOR_MS = 60 * 60_000

/** Asks for a server's capabilities once an hour, however many requests wait for them. */
export function createCapabilitySource(
  ask: () => Promise<Capabilities>,
): (signal: AbortSignal) => Promise<Capabilities> {
  let held: { readonly capabilities: Capabilities; readonly since: number } | null = null
  let pending: Promise<Capabilities> | null = null
  return async (signal) => {
    if (held !== null && performance.now() - held.since < GOOD_FOR_MS) return held.capabilities
    pending ??= ask()
      .then((capabilities) => {
        held = { capabilities, since: performance.now() }
        return capabilities
      })
      .finally(() => {
        pending = null
      })
    return unlessAborted(pending, signal)
  }
}
