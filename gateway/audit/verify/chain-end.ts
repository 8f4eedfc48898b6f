import type { Break } from './breaks.ts'
import { type ChainWalk, missing } from './chain-walk.ts'
import { lastOf, type SignedEnd } from './signed-ends.ts'

/**
 * Whether a chain ends where its anchor says: with the committed head or, in one piece, the batch that
 * was under way. Null when it does. Of a batch that is there in part nobody can say whether its end was
 * cut off or its beginning forged: its first entry is named.
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
    const batch = `${committed.sequence + 1} to ${lastOf(end)}`
    return at(
      committed.sequence + 1,
      `is not followed by all of its batch: ${batch} are signed as one`,
    )
  }
  return null
}
