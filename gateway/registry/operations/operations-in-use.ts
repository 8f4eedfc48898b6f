import type { UsedOperation } from '../used-operation.ts'
import type { RegisteredOperation } from './registered-operation.ts'

/** Every operation that somebody counts on: those that were used, and those that teams registered. */
export function operationsInUse(
  used: readonly UsedOperation[],
  registered: readonly RegisteredOperation[],
): UsedOperation[] {
  const byDigest = new Map(used.map((operation) => [operation.digest, operation]))
  for (const { digest, text, name, team } of registered) {
    const known = byDigest.get(digest) ?? { ...NOT_USED, digest, text, name }
    byDigest.set(digest, { ...known, teams: [...(known.teams ?? []), team] })
  }
  return [...byDigest.values()]
}

const NOT_USED = { clients: [], times: 0, lastUsed: null } as const
