import type { DocumentNode } from 'graphql'
import type { Dispatcher } from 'undici'
import type { Clock } from '../../kit/clock.ts'
import type { FeedPage } from './feed-page.ts'
import { type FeedEdition, feedEditions, feedQuery } from './feed-query.ts'
import { FeedError, readPage } from './feed-source.ts'
import type { FollowOptions } from './follow-feeds.ts'
import { logUnheard } from './log-unheard.ts'
import { takeIn } from './take-in.ts'

/** How far one participant's feed has been followed. */
export interface FeedState {
  /** When its end was last reached, by this process. */
  readonly lastSuccessAt: Date | null
  /** Why it could not be followed the last time, in a code; null when it could. */
  readonly lastError: string | null
}

/** What a follower is made of. */
export interface FollowerOptions extends Pick<FollowOptions, 'db' | 'sign' | 'logger' | 'owners'> {
  readonly code: string
  readonly url: string
  readonly intervalMs: number
  readonly clock: Clock
  readonly contract: Promise<DocumentNode>
  readonly dispatcher: Dispatcher
}

/** The longest rest between attempts at a participant that is away. */
const LONGEST_REST_MS = 60_000

/** A feed without news is noted as read this often, not at every look. */
const NOTED_EVERY_MS = 15_000

/** Follows one participant's feed, one look at a time. */
export class Follower {
  readonly #options: FollowerOptions
  readonly #stopping = new AbortController()
  #state: FeedState = { lastSuccessAt: null, lastError: null }
  #failures = 0
  #notedAt = Number.NEGATIVE_INFINITY
  #underWay: Promise<void> = Promise.resolve()
  #rest: NodeJS.Timeout | undefined

  constructor(options: FollowerOptions) {
    this.#options = options
  }

  get url(): string {
    return this.#options.url
  }

  get state(): FeedState {
    return this.#state
  }

  /** Looks now, after a look that is under way, and again after a rest. Never throws. */
  follow(): Promise<void> {
    this.#underWay = this.#underWay.then(async () => {
      if (this.#stopping.signal.aborted) return
      clearTimeout(this.#rest)
      await this.#look()
      this.#restAWhile()
    })
    return this.#underWay
  }

  async stop(): Promise<void> {
    this.#stopping.abort()
    clearTimeout(this.#rest)
    await this.#underWay
  }

  async #look(): Promise<void> {
    try {
      while (await this.#takePage()) {
        if (this.#stopping.signal.aborted) return
      }
      if (this.#failures > 0) this.#log('info', 'The feed is followed again')
      this.#failures = 0
      this.#state = { lastSuccessAt: this.#options.clock(), lastError: null }
    } catch (error) {
      if (this.#stopping.signal.aborted) return
      const code = error instanceof FeedError ? error.code : 'INDEX_FAILED'
      this.#failures += 1
      this.#state = { ...this.#state, lastError: code }
      if (this.#failures === 1) this.#log('warn', 'The feed cannot be followed', code)
      await this.#note(code)
    }
  }

  /** Takes in the next page; true when there are more. */
  async #takePage(): Promise<boolean> {
    const { db, code, clock } = this.#options
    const stored = await db
      .selectFrom('feed_cursor')
      .select(['cursor', 'edition'])
      .where('participant', '=', code)
      .executeTakeFirst()
    const { page, edition } = await this.#read(stored ?? { cursor: null, edition: 0 })
    const now = clock()
    const isNews =
      page.changes.length > 0 ||
      page.cursor !== (stored?.cursor ?? null) ||
      edition !== stored?.edition
    if (isNews || this.#failures > 0 || now.getTime() - this.#notedAt >= NOTED_EVERY_MS) {
      await takeIn(db, code, { ...page, edition }, now)
      const { logger, owners } = this.#options
      if (owners) logUnheard(logger, page.changes, { participant: code, owners: owners() })
      this.#notedAt = now.getTime()
    }
    return page.hasMore
  }

  /**
   * The page after the stored cursor, in the newest edition that the participant's schema has. As soon as
   * that is a newer one than the feed was read in, the feed is read from the beginning: patients who have
   * not changed since may have objected, or have been given another number.
   */
  async #read(stored: {
    readonly cursor: string | null
    readonly edition: number
  }): Promise<{ readonly page: FeedPage; readonly edition: number }> {
    for (let edition = feedEditions.length - 1; ; edition -= 1) {
      const name = feedEditions[edition] ?? 'FIRST'
      try {
        const after = stored.edition >= edition ? stored.cursor : null
        return { page: await this.#ask(after, name), edition }
      } catch (error) {
        const isOlder = error instanceof FeedError && error.code === 'NOT_VALID'
        if (!isOlder || edition <= 0) throw error
      }
    }
  }

  async #ask(after: string | null, edition: FeedEdition): Promise<FeedPage> {
    const { code, url, contract, dispatcher } = this.#options
    return readPage({
      url,
      query: feedQuery(code, await contract, edition),
      after,
      assertion: await this.#options.sign(code),
      dispatcher,
      signal: this.#stopping.signal,
    })
  }

  /** Writes down why a feed failed, beside the cursor that stands. */
  async #note(code: string): Promise<void> {
    const { db, code: participant } = this.#options
    await db
      .insertInto('feed_cursor')
      .values({ participant, cursor: null, last_success_at: null, last_error: code })
      .onConflict((conflict) => conflict.column('participant').doUpdateSet({ last_error: code }))
      .execute()
      // The database itself may be what failed; the next look will tell.
      .catch(() => this.#log('error', 'The index cannot be written', 'INDEX_FAILED'))
  }

  #restAWhile(): void {
    if (this.#stopping.signal.aborted) return
    const restMs = Math.min(this.#options.intervalMs * 2 ** this.#failures, LONGEST_REST_MS)
    this.#rest = setTimeout(() => void this.follow(), restMs)
  }

  #log(level: 'info' | 'warn' | 'error', message: string, code?: string): void {
    this.#options.logger?.[level](
      { participant: this.#options.code, ...(code && { code }) },
      message,
    )
  }
}
