import type { HttpSource } from '../federation/http-source.ts'

/** A source that is shared, and how it is given back. */
export interface Borrowed {
  readonly source: HttpSource
  /** Closes the source when nobody else has it. */
  giveBack(): Promise<void>
}

/**
 * The sources of every release that still answers. A source that stands where it stood is the same one:
 * its connections and what is known of its health outlast a new supergraph.
 */
export class SourcePool {
  readonly #open: (name: string, urls: readonly string[]) => HttpSource
  readonly #borrowed = new Map<string, { readonly source: HttpSource; users: number }>()

  constructor(open: (name: string, urls: readonly string[]) => HttpSource) {
    this.#open = open
  }

  /** The source of that name at these addresses. */
  borrow(name: string, urls: readonly string[]): Borrowed {
    const key = [name, ...urls].join(' ')
    const entry = this.#borrowed.get(key) ?? { source: this.#open(name, urls), users: 0 }
    this.#borrowed.set(key, entry)
    entry.users += 1
    let isGivenBack = false
    return {
      source: entry.source,
      giveBack: async () => {
        if (isGivenBack) return
        isGivenBack = true
        entry.users -= 1
        if (entry.users > 0) return
        this.#borrowed.delete(key)
        await entry.source.close()
      },
    }
  }
}
