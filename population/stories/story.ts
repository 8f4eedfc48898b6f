import { Chart } from '../chart.ts'
import type { GeneratedBundle } from '../generate-population.ts'
import type { Person } from '../people/person.ts'

/** A named person with a fixed NHS number whose record shows one thing well. */
export interface Story {
  readonly key: string
  readonly name: string
  readonly nhsNumber: string
  /** What the record shows, in a sentence. */
  readonly shows: string
  /** The participants that hold a record. */
  readonly holders: readonly string[]
  readonly person: Person
  /** Writes what each holder knows into its chart. */
  readonly write: Readonly<Record<string, (chart: Chart) => void>>
}

/** The bundles of one story, in the order of its holders. */
export function* bundlesOf(
  story: Story,
  asOf: Date,
  isWanted: (participant: string) => boolean = () => true,
): Generator<GeneratedBundle> {
  for (const [participant, write] of Object.entries(story.write)) {
    if (!isWanted(participant)) continue
    const chart = new Chart(participant, story.person, asOf)
    write(chart)
    yield { participant, bundle: chart.bundle() }
  }
}
