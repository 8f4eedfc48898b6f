import { readFirst } from '../../reading/read-feed.ts'
import type { FeedArguments, PatientFeed, SourceRequest } from '../../record-source.ts'
import { type FhirParts, viewPartsOf } from '../fhir-reading.ts'
import { Spending } from '../http/spending.ts'
import {
  beginning,
  type FeedPosition,
  type Place,
  readFeedCursor,
  toFeedCursor,
} from './feed-cursor.ts'
import { findNumbers } from './find-numbers.ts'
import { readChanges } from './read-changes.ts'
import { relationshipTypes, tellPatients } from './tell-patients.ts'

/** A page may be shorter than it was asked to be: each patient on it costs some searches. */
const PATIENTS_A_PAGE = 25

/** What changed less than this ago is told the next time. */
const SETTLED_AFTER_MS = 5_000

/** So far the clocks of the server and of this process may differ. */
const CLOCKS_DIFFER_MS = 60 * 60_000

/** Between the beginnings of two rounds in which everybody is told of again. */
const ROUND_EVERY_MS = 24 * 60 * 60_000

/**
 * The feed of a server that has none of its own: first a round through all patients, by when they
 * changed, then news of what the feed is made of. Where there is no news a further round is made, a
 * little at every look, because searches tell nothing of what was deleted.
 *
 * @throws BAD_USER_INPUT, naming the argument, when one cannot be used
 */
export async function readFhirFeed(
  parts: FhirParts,
  request: SourceRequest,
  given: FeedArguments,
): Promise<PatientFeed> {
  const { clock, base, limits } = parts
  const nowMs = clock().getTime()
  const first = Math.min(readFirst(given.first), PATIENTS_A_PAGE)
  const position = readFeedCursor(base.href, given.after) ?? atTheStart(nowMs)
  const look = { parts, request, first, nowMs, spending: new Spending(limits) }
  const step = position.isFirst
    ? await goRound(look, position)
    : ((await takeNews(look, position)) ?? (await goRound(look, inRound(position, nowMs))))
  const options = { nhsNumbers: step.numbers, spending: look.spending, findsPatients: true }
  const changes = await tellPatients(viewPartsOf(parts, request, options), step.numbers, clock)
  return { changes, cursor: toFeedCursor(base.href, step.reached), hasMore: step.hasMore }
}

/** One look at the server for the feed. */
interface Look {
  readonly parts: FhirParts
  readonly request: SourceRequest
  readonly first: number
  readonly nowMs: number
  readonly spending: Spending
}

/** Whom to tell of, and how far the feed was read with them. */
interface Step {
  readonly numbers: readonly string[]
  readonly reached: FeedPosition
  readonly hasMore: boolean
}

function atTheStart(nowMs: number): FeedPosition {
  const news = { timeMs: Math.max(0, nowMs - CLOCKS_DIFFER_MS), key: '' }
  return { news, round: beginning, roundMs: nowMs, isFirst: true }
}

/** The position with a round under way, where it is time for one. */
function inRound(position: FeedPosition, nowMs: number): FeedPosition {
  if (position.round !== null || nowMs - position.roundMs < ROUND_EVERY_MS) return position
  return { ...position, round: beginning, roundMs: nowMs }
}

/** The next changes of what the feed is made of; null when there are none. */
async function takeNews(look: Look, position: FeedPosition): Promise<Step | null> {
  const found = await readBehind(look, ['Patient', ...relationshipTypes], position.news)
  if (found === null) return null
  const { place, ...step } = found
  return { ...step, reached: { ...position, news: place } }
}

/** The next patients of the round. Only the first one is hurried through. */
async function goRound(look: Look, position: FeedPosition): Promise<Step> {
  const { round, isFirst } = position
  if (round === null) return { numbers: [], reached: position, hasMore: false }
  const found = await readBehind(look, ['Patient'], round)
  const reached = { ...position, round: found?.hasMore ? found.place : null, isFirst: false }
  if (found?.hasMore) return { ...found, reached: { ...reached, isFirst }, hasMore: isFirst }
  // Behind the first round there may be news.
  return { numbers: found?.numbers ?? [], reached, hasMore: isFirst }
}

async function readBehind(
  { parts, request, first, nowMs, spending }: Look,
  types: readonly string[],
  after: Place,
): Promise<{ numbers: string[]; place: Place; hasMore: boolean } | null> {
  const asking = { signal: request.signal, spending }
  const { client, base } = parts
  const beforeMs = nowMs - SETTLED_AFTER_MS
  const { changes, hasMore } = await readChanges(types, { client, asking, after, beforeMs })
  const { numbers, taken } = await findNumbers(changes, {
    client,
    base,
    asking,
    first,
    now: new Date(nowMs),
  })
  const last = changes[taken - 1]
  if (last === undefined) return null
  const place = { timeMs: last.timeMs, key: last.key }
  return { numbers, place, hasMore: hasMore || taken < changes.length }
}
