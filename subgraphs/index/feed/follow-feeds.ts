import type { Kysely } from 'kysely'
import type { Logger } from 'pino'
import { Agent } from 'undici'
import { type Clock, systemClock } from '../../kit/clock.ts'
import { readContract } from '../../kit/schema/contract.ts'
import type { Owners } from '../relationships/why-unheard.ts'
import type { IndexDatabase } from '../store/tables.ts'
import { type FeedState, Follower } from './follower.ts'

/** A participant with the URL of its subgraph: `http://host:port/graphql`. */
export interface FeedSource {
  readonly code: string
  readonly url: string
}

/** What following the feeds takes. */
export interface FollowOptions {
  readonly db: Kysely<IndexDatabase>
  readonly participants: readonly FeedSource[]
  /** Signs an assertion for a participant with the scope `feed.read`. */
  sign(participant: string): Promise<string>
  /** How long to rest after a feed's end. */
  readonly intervalMs: number
  /** True: begins with the first `whenCaughtUp`, not at once. */
  readonly waitsToBegin?: boolean
  /** To which participants organisations belong: what others tell of them opens nothing, and is logged. */
  readonly owners?: () => Owners
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
  /**
   * Follows these participants from now on: begins with new ones, and with those that are elsewhere
   * now; leaves those that are not among them.
   */
  follow(participants: readonly FeedSource[]): Promise<void>
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
  const followers = new Map<string, Follower>()
  let hasBegun = !waitsToBegin
  let isClosed = false

  async function follow(sources: readonly FeedSource[]): Promise<void> {
    if (isClosed) return
    const wanted = new Map(sources.map(({ code, url }) => [code, url]))
    const left = [...followers].filter(([code, { url }]) => wanted.get(code) !== url)
    for (const [code] of left) followers.delete(code)
    const begun = [...wanted].filter(([code]) => !followers.has(code))
    for (const [code, url] of begun) {
      followers.set(code, new Follower({ ...rest, code, url, clock, contract, dispatcher }))
    }
    await Promise.all(left.map(([, follower]) => follower.stop()))
    // A look ends at the feed's end, which may take long: who follows goes on by itself.
    if (hasBegun) for (const [code] of begun) void followers.get(code)?.follow()
  }

  async function followAll(): Promise<void> {
    hasBegun = true
    await Promise.all([...followers.values()].map((follower) => follower.follow()))
  }

  void follow(participants)
  return {
    whenCaughtUp: followAll,
    follow,
    state: () => new Map([...followers].map(([code, follower]) => [code, follower.state])),
    async close() {
      isClosed = true
      await Promise.all([...followers.values()].map((follower) => follower.stop()))
      await dispatcher.close()
    },
  }
}
