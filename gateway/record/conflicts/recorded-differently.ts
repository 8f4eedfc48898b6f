import { identifierKeyOf, isSharedKey } from '../../../subgraphs/kit/position.ts'
import {
  type Conflict,
  conflictOf,
  isSaidOnceEach,
  namesOf,
  type TestifiedEntry,
  type Testimony,
} from './conflict.ts'

/**
 * Sources record different things under one business identifier: another code, value or dose. Where one source
 * has the identifier twice it is open which of the two is meant, so then nothing is said.
 */
export function recordedDifferently(testimonies: readonly Testimony[]): Conflict[] {
  const byIdentifier = new Map<string, TestifiedEntry[]>()
  for (const entry of testimonies.flatMap(({ shown }) => shown)) {
    if (!isSharedKey(entry.key)) continue
    const key = identifierKeyOf(entry.key)
    const known = byIdentifier.get(key)
    if (known) known.push(entry)
    else byIdentifier.set(key, [entry])
  }
  return [...byIdentifier.values()].filter(isContradictory).map((entries) => {
    const text = `Different things are recorded under one identifier by ${namesOf(entries)}: neither is taken for the other.`
    return conflictOf('RECORDED_DIFFERENTLY', text, { sources: entries, entries })
  })
}

function isContradictory(entries: readonly TestifiedEntry[]): boolean {
  return isSaidOnceEach(entries) && new Set(entries.map(({ key }) => key)).size > 1
}
