import { hash } from 'node:crypto'
import * as z from 'zod'
import { badArgument } from '../../errors.ts'

/** A place among changes, in the order of their times, then of `Type/id`. */
export interface Place {
  /** Milliseconds since 1970. */
  readonly timeMs: number
  readonly key: string
}

/** How far a FHIR server's feed was read. */
export interface FeedPosition {
  /** Behind which change; before all of them while everybody is told of for the first time. */
  readonly news: Place
  /** How far the round goes in which every patient is told of again; null while there is none. */
  readonly round: Place | null
  /** When that round, or the last one, began: milliseconds since 1970. */
  readonly roundMs: number
  /** True in the first round: the feed has no end before it is over. */
  readonly isFirst: boolean
}

/** Before every change. */
export const beginning: Place = { timeMs: 0, key: '' }

const place = z.tuple([z.number().int().nonnegative(), z.string()])
const cursor = z.tuple([z.string(), place, place.nullable(), z.number(), z.boolean()])

/**
 * Writes a position as the cursor that the index keeps. It names the server, so that one of another
 * server means nothing here.
 */
function toFeedCursor(server: string, position: FeedPosition): string {
  const { news, round, roundMs, isFirst } = position
  const parts = [
    nameOf(server),
    [news.timeMs, news.key],
    round && [round.timeMs, round.key],
    roundMs,
    isFirst,
  ]
  return Buffer.from(JSON.stringify(parts)).toString('base64url')
}

/** Writes the positions on several servers as one cursor: theirs, with dots between them. */
export function toFeedCursors(servers: readonly string[], positions: readonly FeedPosition[]) {
  return positions.map((one, index) => toFeedCursor(servers[index] ?? '', one)).join('.')
}

/**
 * Reads a cursor: each server's position, null for one that it does not name. Where it names a server
 * that is none of these, nothing of it counts: what that one said is told no more, so all is told again.
 *
 * @throws BAD_USER_INPUT for anything that is no such cursor
 */
export function readFeedCursors(
  servers: readonly string[],
  given: unknown,
): (FeedPosition | null)[] {
  if (given === undefined || given === null) return servers.map(() => null)
  const read = new Map(String(given).split('.').map(readOne))
  const names = servers.map(nameOf)
  const isOurs = [...read.keys()].every((name) => names.includes(name))
  return names.map((name) => (isOurs ? (read.get(name) ?? null) : null))
}

function readOne(given: string): [name: string, position: FeedPosition] {
  const parsed = cursor.safeParse(decode(given))
  if (!parsed.success) throw badArgument('after', 'a cursor that this feed gave out')
  const [name, news, round, roundMs, isFirst] = parsed.data
  return [name, { news: toPlace(news), round: round && toPlace(round), roundMs, isFirst }]
}

function toPlace([timeMs, key]: z.infer<typeof place>): Place {
  return { timeMs, key }
}

function decode(given: string): unknown {
  try {
    return JSON.parse(Buffer.from(given, 'base64url').toString('utf8'))
  } catch {
    return null
  }
}

/** Not the address itself: a cursor is written into the index. */
function nameOf(server: string): string {
  return hash('sha256', server).slice(0, 16)
}
