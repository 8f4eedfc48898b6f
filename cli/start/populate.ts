import { generatePopulation } from '../../population/generate-population.ts'
import { loadBundles } from '../../subgraphs/kit/load/load-bundles.ts'
import type { Participant } from '../../subgraphs/kit/participant.ts'
import { connect } from '../../subgraphs/kit/store/connect.ts'
import { migrateStore } from '../../subgraphs/kit/store/migrations.ts'
import type { ParticipantDatabase } from '../../subgraphs/kit/store/tables.ts'
import type { PopulationState } from './population.ts'

/**
 * Loads a participant's invented patients. A second time changes nothing.
 *
 * @param given.onBundles told how many more bundles have been read
 */
export async function populate(given: {
  readonly participant: Participant
  readonly databaseUrl: string
  readonly population: PopulationState
  onBundles(bundles: number): void
}): Promise<void> {
  const { participant, population } = given
  const url = new URL(given.databaseUrl)
  // What a lost machine would lose is loaded again at the next start.
  url.searchParams.set('options', '-c synchronous_commit=off')
  const db = connect<ParticipantDatabase>(url.href, 2)
  try {
    await migrateStore(db)
    await loadBundles(db, participant, bundlesOf(participant.code, population, given.onBundles))
  } finally {
    await db.destroy()
  }
}

const TELL_EVERY = 25

function* bundlesOf(
  code: string,
  { seed, patients, asOf }: PopulationState,
  onBundles: (bundles: number) => void,
) {
  const options = { seed, patients, asOf: new Date(asOf), participants: [code] }
  let untold = 0
  for (const { bundle } of generatePopulation(options)) {
    yield bundle
    if (++untold < TELL_EVERY) continue
    onBundles(untold)
    untold = 0
  }
  onBundles(untold)
}
