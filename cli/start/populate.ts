import { sql } from 'kysely'
import { generatePopulation } from '../../population/generate-population.ts'
import {
  type ExclusionSettings,
  loadExclusions,
} from '../../subgraphs/kit/exclusions/load-exclusions.ts'
import { loadBundles } from '../../subgraphs/kit/load/load-bundles.ts'
import type { Participant } from '../../subgraphs/kit/participant.ts'
import { connect } from '../../subgraphs/kit/store/connect.ts'
import { migrateStore } from '../../subgraphs/kit/store/migrations.ts'
import type { ParticipantDatabase } from '../../subgraphs/kit/store/tables.ts'
import type { PopulationState } from './population.ts'

/** How far a load is: every entry is read, then written. */
export interface Step {
  readonly phase: 'READING' | 'WRITING'
  /** Since the last step. */
  readonly entries: number
}

/**
 * Loads a participant's invented patients. A second time changes nothing.
 *
 * @returns how many entries came in
 * @throws when an entry is refused: an invented patient is valid, or the generator is wrong
 */
export async function populate(given: {
  readonly participant: Participant
  readonly databaseUrl: string
  readonly population: PopulationState
  /** Which lists of what is never shared are read. */
  readonly exclusions: ExclusionSettings
  onStep?(step: Step): void
}): Promise<number> {
  const { participant, population, onStep } = given
  const exclusions = await loadExclusions(given.exclusions)
  const url = new URL(given.databaseUrl)
  // What a lost machine would lose is loaded again at the next start.
  url.searchParams.set('options', '-c synchronous_commit=off')
  const db = connect<ParticipantDatabase>(url.href, 2)
  const seen = { READING: 0, WRITING: 0 }
  try {
    await migrateStore(db)
    const report = await loadBundles(db, participant, bundlesOf(participant.code, population), {
      exclusions,
      onProgress({ phase, entries }) {
        onStep?.({ phase, entries: entries - seen[phase] })
        seen[phase] = entries
      },
    })
    const reasons = Object.keys(report.refusalCounts)
    if (reasons.length > 0) {
      throw new Error(
        `Invented patients of ${participant.code} were refused: ${reasons.join(', ')}`,
      )
    }
    // Until PostgreSQL has seen how the tables look it plans for empty ones.
    await sql`analyze item (nhs_number, section, sort_time, id), patient (nhs_number, change)`.execute(
      db,
    )
    return report.entries
  } finally {
    await db.destroy()
  }
}

function* bundlesOf(code: string, { seed, patients, asOf }: PopulationState) {
  const options = { seed, patients, asOf: new Date(asOf), participants: [code] }
  let number = 0
  for (const { bundle } of generatePopulation(options)) {
    number++
    yield { name: `invented ${number}`, bundle }
  }
}
