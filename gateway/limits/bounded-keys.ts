/**
 * The callers of the last minute, so many at most: whoever comes beyond that shares one place with the
 * others who do. What is counted by caller cannot grow without bound, whatever addresses requests come
 * from.
 */
export class BoundedKeys {
  readonly #known = new Set<string>()
  readonly #most: number
  readonly #windowMs: number

  constructor(most: number, windowMs: number) {
    this.#most = most
    this.#windowMs = windowMs
  }

  /** The key to count by: the caller's own where there is room. */
  keyOf(caller: string): string {
    if (this.#known.has(caller)) return caller
    if (this.#known.size >= this.#most) return 'others'
    this.#known.add(caller)
    setTimeout(() => this.#known.delete(caller), this.#windowMs).unref()
    return caller
  }
}
