import type { Clock } from '../../clock.ts'
import { PAGE_LIMIT, readFirst } from '../../reading/arguments.ts'
import type { FeedArguments, PatientFeed, SourceRequest } from '../../record-source.ts'
import { type FhirParts, viewPartsOf } from '../fhir-reading.ts'
import { Spending } from '../http/spending.ts'
import {
  beginning,
  type FeedPosition,
  type Place,
  readFeedCursors,
  toFeedCursors,
} from './feed-cursor.ts'
import { findNumbers } from './find-numbers.ts'
import { isBehind, newestPlace, placeOf, readChanges } from './read-changes.ts'
import { readTold, relationshipTypes, type ToldPatient, tellPatient } from './tell-patients.ts'

/** A page may be shorter than it was asked to be: each patient on it costs some searches. */
const PATIENTS_A_PAGE = 25

const newsTypes = ['Patient', ...relationshipTypes]

/** What changed less than this ago is told the next time. */
const SETTLED_AFTER_MS = 5_000

/** Between the beginnings of two rounds in which everybody is told of again. */
const ROUND_EVERY_MS = 24 * 60 * 60_000

/** The servers of one feed, and the request that it is read for. */
interface FeedParts {
  readonly servers: readonly FhirParts[]
  readonly request: SourceRequest
  readonly clock: Clock
}

/**
 * The feed of servers that have none of their own: first a round through all patients, by when they
 * changed, then news of what the feed is made of. Where there is no news a further round is made, a
 * little at every look, because searches tell nothing of what was deleted. A patient of several servers
 * is told of with what all of them hold.
 *
 * @throws BAD_USER_INPUT, naming the argument, when one cannot be used
 */
export async function readFhirFeed(
  { servers, request, clock }: FeedParts,
  given: FeedArguments,
): Promise<PatientFeed> {
  const nowMs = clock().getTime()
  const first = Math.min(readFirst(given.first, PAGE_LIMIT), PATIENTS_A_PAGE)
  const bases = servers.map(({ base }) => base.href)
  const positions = readFeedCursors(bases, given.after)
  const looks = await Promise.all(
    servers.map(async (parts, index) => {
      const look = { parts, request, nowMs, spending: new Spending(parts.limits) }
      return { ...look, position: positions[index] ?? (await atTheStart(look)) }
    }),
  )
  const steps = await takeSteps(looks, first)
  return {
    changes: await tellAll(looks, steps, clock),
    cursor: toFeedCursors(
      bases,
      steps.map(({ reached }) => reached),
    ),
    hasMore: steps.some(({ hasMore }) => hasMore),
  }
}

/** One look at one server for the feed. */
interface Look {
  readonly parts: FhirParts
  readonly request: SourceRequest
  readonly nowMs: number
  readonly spending: Spending
  /** How far the server was read before. */
  readonly position: FeedPosition
}

/** Whom to tell of, and how far the feed was read with them. */
interface Step {
  readonly numbers: readonly string[]
  readonly reached: FeedPosition
  readonly hasMore: boolean
}

/** A step on each server: what is new anywhere comes before any later round. */
async function takeSteps(looks: readonly Look[], first: number): Promise<Step[]> {
  const share = Math.max(1, Math.floor(first / looks.length))
  let left = first
  let isNews = false
  const steps: Step[] = []
  for (const look of looks) {
    const { position } = look
    const mayTell = Math.min(left, share)
    const step =
      mayTell === 0
        ? { numbers: [], reached: position, hasMore: true }
        : await (position.isFirst ? goRound : takeNews)(look, position, mayTell)
    isNews ||= step !== null
    left -= step?.numbers.length ?? 0
    steps.push(step ?? { numbers: [], reached: position, hasMore: false })
  }
  if (isNews) return steps
  for (const [index, { reached }] of steps.entries()) {
    const look = looks[index]
    const mayTell = Math.min(left, share)
    if (look === undefined || mayTell === 0) continue
    const step = await goRound(look, inRound(reached, look.nowMs), mayTell)
    left -= step.numbers.length
    steps[index] = step
  }
  return steps
}

/** Everybody whom the steps are about, once, with what every server says of them. */
async function tellAll(looks: readonly Look[], steps: readonly Step[], clock: Clock) {
  const nhsNumbers = [...new Set(steps.flatMap(({ numbers }) => numbers))]
  const [participant] = looks.map(({ parts }) => parts.participant)
  if (nhsNumbers.length === 0 || participant === undefined) return []
  const options = { nhsNumbers, findsPatients: true }
  const told = await Promise.all(
    looks.map(({ parts, request, spending }) =>
      readTold(viewPartsOf(parts, request, { ...options, spending })),
    ),
  )
  return nhsNumbers.flatMap((nhsNumber) => {
    if (isOfAnotherRound(nhsNumber)) return []
    const known = told.flatMap((one) => one.get(nhsNumber) ?? [])
    return [tellPatient(nhsNumber, known, { participant, clock })]
  })

  /** In first rounds: who comes again in the same one, or in that of an earlier server, is told then. */
  function isOfAnotherRound(nhsNumber: string): boolean {
    return steps.every((step, index) => {
      if (!step.numbers.includes(nhsNumber)) return true
      const position = looks[index]?.position
      if (!position?.isFirst) return false
      const isEarlier = (one: Look, other: number) =>
        other < index && one.position.roundMs === position.roundMs && told[other]?.has(nhsNumber)
      return looks.some(isEarlier) || comesAgain(told[index]?.get(nhsNumber), step)
    })
  }
}

/** True for somebody of whom the round has a further Patient to reach. */
function comesAgain(told: ToldPatient | undefined, { reached }: Step): boolean {
  const { round, news } = reached
  if (told === undefined || round === null) return false
  const places = told.patient.resources.map((resource) => placeOf(resource))
  return places.some((place) => isBehind(place, round) && !isBehind(place, news))
}

/** What the server holds now is told in the first round, what comes behind it is news. */
async function atTheStart(look: Omit<Look, 'position'>): Promise<FeedPosition> {
  const { parts, request, nowMs, spending } = look
  const news = await newestPlace(newsTypes, {
    client: parts.client,
    asking: { signal: request.signal, spending },
    beforeMs: nowMs - SETTLED_AFTER_MS,
  })
  return { news, round: beginning, roundMs: nowMs, isFirst: true }
}

/** The position with a round under way, where it is time for one. */
function inRound(position: FeedPosition, nowMs: number): FeedPosition {
  if (position.round !== null || nowMs - position.roundMs < ROUND_EVERY_MS) return position
  return { ...position, round: beginning, roundMs: nowMs }
}

/** The next changes of what the feed is made of; null when there are none. */
async function takeNews(look: Look, position: FeedPosition, first: number): Promise<Step | null> {
  const beforeMs = look.nowMs - SETTLED_AFTER_MS
  const found = await readBehind(look, { types: newsTypes, after: position.news, beforeMs, first })
  if (found === null) return null
  const { place, ...step } = found
  return { ...step, reached: { ...position, news: place } }
}

/** The next patients of the round. Only the first one is hurried through. */
async function goRound(look: Look, position: FeedPosition, first: number): Promise<Step> {
  const { round, isFirst } = position
  if (round === null) return { numbers: [], reached: position, hasMore: false }
  const settledMs = look.nowMs - SETTLED_AFTER_MS
  // What changes during the first round is news behind it, and told then.
  const beforeMs = isFirst ? Math.min(settledMs, position.news.timeMs + 1) : settledMs
  const found = await readBehind(look, { types: ['Patient'], after: round, beforeMs, first })
  const reached = { ...position, round: found?.hasMore ? found.place : null, isFirst: false }
  if (found?.hasMore) return { ...found, reached: { ...reached, isFirst }, hasMore: isFirst }
  // Behind the first round there may be news.
  return { numbers: found?.numbers ?? [], reached, hasMore: isFirst }
}

async function readBehind(
  { parts, request, nowMs, spending }: Look,
  span: {
    readonly types: readonly string[]
    readonly after: Place
    readonly beforeMs: number
    readonly first: number
  },
): Promise<{ numbers: string[]; place: Place; hasMore: boolean } | null> {
  const asking = { signal: request.signal, spending }
  const { client, base } = parts
  const { types, after, beforeMs, first } = span
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
