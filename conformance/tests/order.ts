import type { Position } from '../../subgraphs/kit/position.ts'
import type { Entry } from '../subject/whole-record.ts'

/** Below zero where the one place is before the other: see docs/subgraph-protocol.md. */
export function comparePositions(one: Position, other: Position): number {
  if (one.time !== other.time) {
    if (one.time === null) return 1
    return other.time === null || one.time > other.time ? -1 : 1
  }
  if (one.key !== other.key) return one.key < other.key ? -1 : 1
  if (one.id === other.id) return 0
  // Without an id: behind all of this moment and key.
  if (one.id === undefined) return 1
  return other.id === undefined || one.id < other.id ? -1 : 1
}

/** The entries as the contract sorts them, whatever order they came in. */
export function sorted(entries: readonly Entry[]): Entry[] {
  return [...entries].sort(({ position: one }, { position: other }) =>
    one && other ? comparePositions(one, other) : 0,
  )
}
