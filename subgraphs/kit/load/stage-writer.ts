import type { Kysely } from 'kysely'
import type { FhirResource } from '../fhir/resource.ts'
import type { StagedEntry } from './prepare-entry.ts'
import { type LoadDatabase, stageEntries } from './stage.ts'

const batchEntries = 1000
const batchLength = 2 * 1024 * 1024
/** A small load is kept at hand altogether, in characters of JSON, and need not be read back. */
const recentLength = 8 * 1024 * 1024

/** Puts entries aside in batches: while the database takes one, the next is being read. */
export class StageWriter {
  readonly #db: Kysely<LoadDatabase>
  readonly #recent = new Map<number, FhirResource>()
  #recentLength = 0
  #batch: StagedEntry[] = []
  #length = 0
  #seq = 0
  #writing: Promise<void> = Promise.resolve()

  constructor(db: Kysely<LoadDatabase>) {
    this.#db = db
  }

  /** Resources of the load's beginning, by their number. */
  get recent(): ReadonlyMap<number, FhirResource> {
    return this.#recent
  }

  /** Takes an entry. True when `flush` is due. */
  add(entry: StagedEntry): boolean {
    if (entry.resource !== null && this.#recentLength + entry.json.length <= recentLength) {
      this.#recent.set(this.#seq + this.#batch.length, entry.resource)
      this.#recentLength += entry.json.length
    }
    this.#batch.push(entry)
    this.#length += entry.json.length
    return this.#batch.length >= batchEntries || this.#length >= batchLength
  }

  /** Sends what was gathered, as soon as the batch before is in. */
  async flush(): Promise<void> {
    await this.#writing
    if (this.#batch.length === 0) return
    this.#writing = stageEntries(this.#db, this.#batch, this.#seq)
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
