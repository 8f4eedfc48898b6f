import type { Kysely } from 'kysely'
import type { Clock } from '../../kit/clock.ts'
import type { IndexDatabase } from '../store/tables.ts'
import { findKept, forgetAnswers, type KeptAnswer, keepAnswer } from './kept-answers.ts'
import type { NationalAnswer, NationallyAway, NationalService } from './national-answer.ts'

/**
 * What the national service says of a number: FRESH is as good as asked just now; KEPT is older,
 * since the service is away; AWAY is nothing, and nobody vouches nationally.
 */
export type NationalWord =
  | (KeptAnswer & { readonly state: 'FRESH' | 'KEPT' })
  | { readonly state: 'AWAY'; readonly answer: NationallyAway }

/** How long answers are good. */
export interface NationalAges {
  /** An answer is not asked for again while it is younger; of somebody unknown, an hour at most. */
  readonly freshForMs: number
  /** While the service is away an answer is used up to this age, and then removed. */
  readonly keptForMs: number
}

/** What asking nationally takes. */
export interface NationalAsking extends NationalAges {
  /** Prepared by `migrateIndex`. */
  readonly db: Kysely<IndexDatabase>
  readonly service: NationalService
  readonly clock: Clock
  /** Told of every answer that is new, once it is kept. */
  onAnswer?(nhsNumber: string, kept: KeptAnswer): Promise<void>
}

/** A number is given out, or a record made valid again, while others wait for it. */
const UNKNOWN_FRESH_FOR_MS = 60 * 60_000

/**
 * What the national service says of a number: what is kept while it is fresh, else what it says now,
 * else what is kept of it.
 *
 * @param signal ends the waiting, and rejects with its reason
 */
export async function askNationally(
  asking: NationalAsking,
  nhsNumber: string,
  signal: AbortSignal,
): Promise<NationalWord> {
  const { db, service, clock, keptForMs } = asking
  const askedAt = clock()
  const oldest = new Date(askedAt.getTime() - keptForMs)
  const kept = (await findKept(db, [nhsNumber], oldest)).get(nhsNumber)
  if (kept !== undefined && isFresh(kept, asking)) return { state: 'FRESH', ...kept }
  const answer: NationalAnswer = await service.find(nhsNumber, signal)
  if (answer.outcome === 'AWAY') {
    return kept === undefined ? { state: 'AWAY', answer } : { state: 'KEPT', ...kept }
  }
  await keepAnswer(db, nhsNumber, { answer, askedAt })
  await asking.onAnswer?.(nhsNumber, { answer, askedAt })
  await forgetAnswers(db, oldest)
  return { state: 'FRESH', answer, askedAt }
}

function isFresh({ answer, askedAt }: KeptAnswer, { clock, freshForMs }: NationalAsking): boolean {
  const freshMs =
    answer.outcome === 'UNKNOWN' ? Math.min(freshForMs, UNKNOWN_FRESH_FOR_MS) : freshForMs
  return clock().getTime() - askedAt.getTime() < freshMs
}
