import { type Dispatcher, Pool } from 'undici'
import { wasLostIdle, watchedConnector } from './reused-connections.ts'

/** What undici's pool is told. */
export type ReadingPoolOptions = Omit<Pool.Options, 'connect'> & {
  /** Milliseconds until a connection that does not come about is given up. */
  readonly connectMs?: number
}

/**
 * Bounded connections to one origin, kept alive, for requests that change nothing there. One whose reused
 * connection was lost before a byte of the answer is sent a second time, on a fresh connection.
 */
export class ReadingPool {
  readonly #kept: Pool
  /** Each of its connections serves one request. */
  readonly #fresh: Pool

  constructor(origin: string, { connectMs, ...options }: ReadingPoolOptions) {
    const connect = watchedConnector(connectMs === undefined ? {} : { timeout: connectMs })
    this.#kept = new Pool(origin, { ...options, connect })
    this.#fresh = new Pool(origin, { ...options, connect })
  }

  /**
   * Asks, and resolves when the head of the answer is there.
   *
   * @param make the request; called again for the second time, since it may say how much time is left
   * @throws whatever undici's pool throws
   */
  async request(make: () => Dispatcher.RequestOptions): Promise<Dispatcher.ResponseData> {
    try {
      return await this.#kept.request(make())
    } catch (error) {
      if (!wasLostIdle(error)) throw error
      return this.#fresh.request({ ...make(), reset: true })
    }
  }

  async destroy(): Promise<void> {
    await Promise.all([this.#kept.destroy(), this.#fresh.destroy()])
  }
}
