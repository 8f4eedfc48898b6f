import { createHash } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import type { Genuine, TokenProblem } from './verify-token.ts'

/** The caller of a request by its `Authorization` header, or why there is none. */
export type Identify = (
  authorization: string | undefined,
) => Promise<Genuine | { readonly problem: TokenProblem }>

/** A page asks several times within seconds. A key that the issuer takes back is believed so much longer. */
const REMEMBERED_MS = 30_000

/** More callers than all of London's staff have at one gateway within that time. */
const MOST_TOKENS = 50_000

/**
 * Verifies a token once, and remembers for half a minute that it was genuine, to the letter and until it
 * expires. What is not genuine is looked at anew each time. Of a token its hash alone is kept.
 */
export function rememberGenuine(identify: Identify, clock: () => Date): Identify {
  const known = new LRUCache<string, { readonly genuine: Genuine; readonly until: number }>({
    max: MOST_TOKENS,
  })
  return async (authorization) => {
    if (authorization === undefined) return identify(authorization)
    const key = createHash('sha256').update(authorization).digest('base64')
    const now = clock().getTime()
    const remembered = known.get(key)
    if (remembered && now < remembered.until) return remembered.genuine
    const found = await identify(authorization)
    if ('caller' in found) {
      const until = Math.min(now + REMEMBERED_MS, found.expiresAt.getTime())
      known.set(key, { genuine: found, until })
    }
    return found
  }
}
