import { isSharedKey } from '../../../subgraphs/kit/position.ts'
import {
  type Conflict,
  conflictOf,
  isSaidOnceEach,
  type TestifiedEntry,
  type Testimony,
} from './conflict.ts'

/**
 * Sources record one business identifier in different states. What a source has not recorded
 * contradicts nothing; and where one source has the identifier twice it is open which of the two is
 * meant, so then nothing is said.
 */
export function statesDiffer(testimonies: readonly Testimony[]): Conflict[] {
  const byKey = new Map<string, Map<string, TestifiedEntry>>()
  // What was recorded by mistake counts only against an entry that is shown.
  for (const entry of testimonies.flatMap(({ shown }) => shown)) add(byKey, entry)
  for (const entry of testimonies.flatMap(({ retracted }) => retracted)) {
    if (byKey.has(entry.key)) add(byKey, entry)
  }
  return [...byKey.values()]
    .map((entries) => [...entries.values()])
    .filter(isContradictory)
    .map((entries) => conflictOf('STATES_DIFFER', textOf(entries), { sources: entries, entries }))
}

function add(byKey: Map<string, Map<string, TestifiedEntry>>, entry: TestifiedEntry): void {
  if (!isSharedKey(entry.key)) return
  const known = byKey.get(entry.key) ?? new Map<string, TestifiedEntry>()
  byKey.set(entry.key, known)
  // With a filter by status what was recorded by mistake may be shown as well.
  if (!known.has(entry.id)) known.set(entry.id, entry)
}

function isContradictory(entries: readonly TestifiedEntry[]): boolean {
  if (!isSaidOnceEach(entries)) return false
  return differs(entries.map(({ status }) => status)) || differs(entries.map(verificationOf))
}

function verificationOf({ verification }: TestifiedEntry): string {
  return verification ?? 'UNKNOWN'
}

function differs(words: readonly string[]): boolean {
  return new Set(words.filter((word) => word !== 'UNKNOWN')).size > 1
}

function textOf(entries: readonly TestifiedEntry[]): string {
  const said = entries.map((entry) => {
    const words = [entry.status, verificationOf(entry)].filter((word) => word !== 'UNKNOWN')
    return `${[...new Set(words)].join(', ') || 'UNKNOWN'} (${entry.name})`
  })
  return `The same entry is recorded in different states: ${said.join('; ')}.`
}
