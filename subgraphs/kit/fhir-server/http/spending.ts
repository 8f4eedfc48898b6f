import { FhirServerError } from '../fhir-server-error.ts'
import type { FhirServerLimits } from '../options.ts'

/** What one request has cost so far, over all its searches. */
export class Spending {
  readonly #limits: FhirServerLimits
  #pages = 0
  #resources = 0
  #bytes = 0

  constructor(limits: FhirServerLimits) {
    this.#limits = limits
  }

  /** @throws TOO_MANY_PAGES */
  addPage(): void {
    this.#pages += 1
    if (this.#pages > this.#limits.maxPages) throw new FhirServerError('TOO_MANY_PAGES')
  }

  /** @throws TOO_MANY_RESOURCES */
  addResources(count: number): void {
    this.#resources += count
    if (this.#resources > this.#limits.maxResources) throw new FhirServerError('TOO_MANY_RESOURCES')
  }

  /** @throws TOO_LARGE */
  addBytes(count: number): void {
    this.#bytes += count
    if (this.#bytes > this.#limits.maxBytes) throw new FhirServerError('TOO_LARGE')
  }
}
