import type { Kysely } from 'kysely'
import type { Logger } from 'pino'
import { Agent } from 'undici'
import { type Clock, systemClock } from '../../kit/clock.ts'
import { readContract } from '../../kit/schema/contract.ts'
import type { IndexDatabase } from '../store/tables.ts'
import { type FeedState, Follower } from './follower.ts'

/** What following the feeds takes. */
export interface FollowOptions {
  readonly db: Kysely<IndexDatabase>
  /** Each participant with the URL of its subgraph: `http://host:port/graphql`. */
  readonly participants: readonly { readonly code: string; readonly url: string }[]
  /** Signs an assertion for a participant with the scope `feed.read`. */
  sign(participant: string): Promise<string>
  /** How long to rest after a feed's end. */
  readonly intervalMs: number
  /** True: begins with the first `whenCaughtUp`, not at once. */
  readonly waitsToBegin?: boolean
  readonly logger?: Pick<Logger, 'info' | 'warn' | 'error'>
  readonly clock?: Clock
}

/** Keeps the index up with every participant. */
export interface FeedFollower {
  /**
   * Asks every participant now; resolves when each feed was followed to its end, or failed: an
   * outage delays nobody, and is followed up as soon as it is over.
   */
  whenCaughtUp(): Promise<void>
  /** How far each feed is, by participant. */
  state(): ReadonlyMap<string, FeedState>
  /** Stops asking; what is under way is cut off or written whole. */
  close(): Promise<void>
}

/**
 * Follows every participant's feed from its stored cursor, each on its own: a participant that is
 * away holds up nobody, and is caught up with when it is back.
 */
export function followFeeds(options: FollowOptions): FeedFollower {
  const { participants, clock = systemClock, waitsToBegin = false, ...rest } = options
  const contract = readContract()
  const dispatcher = new Agent({ connections: 1 })
  const followers = new Map(
    participants.map(({ code, url }) => [
      code,
      new Follower({ ...rest, code, url, clock, contract, dispatcher }),
    ]),
  )
  async function followAll(): Promise<void> {
    await Promise.all([...followers.values()].map((follower) => follower.follow()))
  }
  if (!waitsToBegin) void followAll()
  return {
    whenCaughtUp: followAll,
    state: () => new Map([...followers].map(([code, follower]) => [code, follower.state])),
    async close() {
      await Promise.all([...followers.values()].map((follower) => follower.stop()))
      await dispatcher.close()
    },
  }
}
