import type { StagedEntry } from '../read/prepare-entry.ts'
import type { LocalName } from './stage.ts'

/** Knows whether it can matter, in this load, which entry of a Bundle bears a name. */
export class Naming {
  #isAnyRenamed = false
  #isAnyUnbased = false

  note({ scope, id, ownId, isBased }: Pick<StagedEntry, 'scope' | 'id' | 'ownId' | 'isBased'>) {
    if (scope === 0 || ownId === null) return
    if (id !== ownId) this.#isAnyRenamed = true
    if (!isBased) this.#isAnyUnbased = true
  }

  /** False where everything that could bear the name is found under it without looking. */
  matters({ scope, isBased }: LocalName): boolean {
    return scope > 0 && this.#isAnyRenamed && (!isBased || this.#isAnyUnbased)
  }
}
