import type { Kysely } from 'kysely'
import type { FhirResource } from '../../fhir/resource.ts'
import type { StagedEntry } from '../read/prepare-entry.ts'
import { type ContentsAtHand, type LoadDatabase, stageEntries } from './stage.ts'

const batchEntries = 1000
const batchLength = 1.5 * 1024 * 1024
/** So much JSON stays in memory, in characters: a small load altogether, a large one's beginning. */
const lengthAtHand = 4 * 1024 * 1024

/** Puts entries aside in batches: while the database takes one, the next is being read. */
export class StageWriter {
  readonly #db: Kysely<LoadDatabase>
  readonly #atHand: Map<string, { json: string; resource: FhirResource }> = new Map()
  #lengthAtHand = 0
  #batch: StagedEntry[] = []
  #length = 0
  #seq = 0
  #writing: Promise<void> = Promise.resolve()

  constructor(db: Kysely<LoadDatabase>) {
    this.#db = db
  }

  /** Contents that were kept in memory. */
  get atHand(): ContentsAtHand {
    return this.#atHand
  }

  /** Takes an entry. True when `flush` is due. */
  add(entry: StagedEntry): boolean {
    const { json, resource } = entry
    if (resource !== null && this.#lengthAtHand + json.length <= lengthAtHand) {
      this.#atHand.set(String(this.#seq + this.#batch.length), { json, resource })
      this.#lengthAtHand += json.length
    }
    this.#batch.push(entry)
    this.#length += entry.json.length
    return this.#batch.length >= batchEntries || this.#length >= batchLength
  }

  /** Sends what was gathered, as soon as the batch before is in. */
  async flush(): Promise<void> {
    await this.#writing
    if (this.#batch.length === 0) return
    this.#writing = stageEntries(this.#db, this.#batch, {
      firstSeq: this.#seq,
      atHand: this.#atHand,
    })
    // Whoever awaits it next is told; until then it must not count as unhandled.
    this.#writing.catch(() => {})
    this.#seq += this.#batch.length
    this.#batch = []
    this.#length = 0
  }

  /** Waits until all of it is in. */
  async finish(): Promise<void> {
    await this.flush()
    await this.#writing
  }
}
