import type { StagedEntry } from '../read/prepare-entry.ts'
import { MemoryStage } from './memory-stage.ts'
import { batchLength, batchRows, type LoadDatabase, type Stage } from './stage.ts'
import { TableStage } from './table-stage.ts'

/** Up to so many entries and characters of JSON a load stays in memory. */
const inMemory = { entries: 30_000, length: 24 * 1024 * 1024 }

/**
 * Takes entries as they are read. In memory at first; when they grow too many, all go to temporary
 * tables, one batch being written while the next is read.
 */
export class GrowingStage {
  readonly #db: LoadDatabase
  readonly #limit: { readonly entries: number; readonly length: number }
  #table: TableStage | null = null
  #entries: StagedEntry[] = []
  #length = 0
  #writing: Promise<void> = Promise.resolve()

  /** @param limit what stays in memory */
  constructor(db: LoadDatabase, limit = inMemory) {
    this.#db = db
    this.#limit = limit
  }

  /** Takes an entry. True when `flush` is due. */
  add(entry: StagedEntry): boolean {
    this.#entries.push(entry)
    this.#length += entry.json.length
    if (this.#table !== null)
      return this.#entries.length >= batchRows || this.#length >= batchLength
    return this.#entries.length > this.#limit.entries || this.#length > this.#limit.length
  }

  /** Sends what was gathered to the tables, as soon as the batch before is in. */
  async flush(): Promise<void> {
    await this.#writing
    this.#table ??= await TableStage.create(this.#db)
    const table = this.#table
    const entries = this.#entries
    this.#entries = []
    this.#length = 0
    this.#writing = writeAll(table, entries)
    // Whoever awaits it next is told; until then it must not count as unhandled.
    this.#writing.catch(() => {})
  }

  /** All that was taken, in memory or in tables. */
  async finish(): Promise<Stage> {
    if (this.#table === null) return new MemoryStage(this.#db, this.#entries)
    if (this.#entries.length > 0) await this.flush()
    await this.#writing
    return this.#table
  }
}

async function writeAll(table: TableStage, entries: readonly StagedEntry[]): Promise<void> {
  for (let from = 0; from < entries.length; from += batchRows) {
    await table.write(entries.slice(from, from + batchRows))
  }
}
