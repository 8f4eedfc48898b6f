import type { LoadDatabase } from '../stage/stage.ts'
import { announcePatients, touchPatients } from './write-patients.ts'

/** Whose record a load has changed, numbered once for each of them when all of it is written. */
export class PatientChanges {
  readonly #seen = new Set<string>()
  readonly #unseen = new Set<string>()

  /** Notes a change that can be seen. */
  touch(nhsNumbers: Iterable<string>): void {
    for (const one of nhsNumbers) this.#seen.add(one)
  }

  /** Notes a change that is not to be seen: the feed tells of them again. */
  announce(nhsNumbers: Iterable<string>): void {
    for (const one of nhsNumbers) this.#unseen.add(one)
  }

  /** Numbers the changes; to be done in the transaction that made them, by who holds their order. */
  async write(db: LoadDatabase, asOf: Date): Promise<void> {
    await touchPatients(db, [...this.#seen], asOf)
    await announcePatients(
      db,
      [...this.#unseen].filter((one) => !this.#seen.has(one)),
    )
  }
}
