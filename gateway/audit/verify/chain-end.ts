import type { Break } from './breaks.ts'
import { type ChainWalk, missing } from './chain-walk.ts'
import { lastOf, type SignedEnd } from './signed-ends.ts'

/**
 * Whether a chain ends where its anchor says: with the committed head or, in one piece, the batch that
 * was under way. Null when it does.
 */
export function findFalseEnd({ writer, last }: ChainWalk, end: SignedEnd): Break | null {
  const { committed, underway } = end
  const at = (sequence: number, problem: string) => ({
    writer,
    sequence,
    recordedAt: null,
    problem,
  })
  if (last < committed.sequence) {
    return at(last + 1, `${missing(last + 1, committed.sequence)}: the end was cut off`)
  }
  if (last > lastOf(end)) {
    return at(lastOf(end) + 1, 'stands beyond the last entry that was signed: it was forged')
  }
  if (last !== committed.sequence && last !== underway?.sequence) {
    return at(last + 1, `${missing(last + 1, lastOf(end))}: a batch is written as one`)
  }
  return null
}
