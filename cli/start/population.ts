import { rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import type { Participant } from '../../subgraphs/kit/participant.ts'
import { readIfPresent } from './data-folder.ts'
import { StartProblem } from './problem.ts'

/** What is known of the invented patients of a data folder. */
export interface PopulationState {
  readonly seed: number
  readonly patients: number
  /** The moment that they are seen from: kept, so that a second go makes the same patients. ISO 8601. */
  readonly asOf: string
  /** Participants whose patients are all loaded. */
  readonly done: readonly string[]
}

/** What is to be in the data folder. */
export interface FoundPopulation {
  readonly state: PopulationState
  /** True when this data folder has never loaded any. */
  readonly isFirst: boolean
}

/**
 * What is to be loaded: as many patients as the settings say, unless the folder holds more. What a
 * killed start left half loaded is loaded again, which changes nothing that is there.
 *
 * @param wanted.now for the first start
 * @throws {StartProblem} when the folder holds patients made from another seed
 */
export async function readPopulation(
  dataDir: string,
  wanted: { seed: number; patients: number; now: Date },
): Promise<FoundPopulation> {
  const { seed, patients, now } = wanted
  const text = await readIfPresent(fileOf(dataDir))
  if (text === undefined) {
    return { state: { seed, patients, asOf: now.toISOString(), done: [] }, isFirst: true }
  }
  const state = JSON.parse(text) as PopulationState
  if (state.seed !== seed) {
    throw new StartProblem(
      `${dataDir} holds patients made from the seed ${state.seed}, and LCR_POPULATION_SEED is ${seed}: set LCR_DATA_DIR to another folder, or remove this one to begin afresh`,
    )
  }
  const isEnough = state.patients >= patients
  return { state: isEnough ? state : { ...state, patients, done: [] }, isFirst: false }
}

/**
 * The contributing participants whose invented patients are missing, regions first: they hold most,
 * so that several workers end together. A database that held patients before the first start is
 * somebody's own, and is left alone.
 *
 * @param urlOf the participant's database
 */
export async function findUnpopulated(
  participants: readonly Participant[],
  { state, isFirst }: FoundPopulation,
  urlOf: (code: string) => Promise<string>,
): Promise<string[]> {
  if (state.patients === 0) return []
  const wanted = participants.filter(({ participation }) => participation !== 'VIEW_ONLY')
  const missing = await Promise.all(
    wanted.map(async ({ code }) => {
      const hasPatients = await holdsPatients(await urlOf(code))
      return isFirst ? !hasPatients : !hasPatients || !state.done.includes(code)
    }),
  )
  return wanted
    .filter((_, index) => missing[index])
    .sort((one, other) => one.kind.localeCompare(other.kind))
    .map(({ code }) => code)
}

async function holdsPatients(databaseUrl: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    const { rows } = await client.query<{ table: string | null }>(
      "select to_regclass('patient') as table",
    )
    if (rows[0]?.table == null) return false
    return (await client.query('select from patient limit 1')).rowCount === 1
  } finally {
    await client.end()
  }
}

/** Writes down how far the population is. */
export async function writePopulation(dataDir: string, state: PopulationState): Promise<void> {
  const draft = `${fileOf(dataDir)}.new`
  await writeFile(draft, JSON.stringify(state))
  await rename(draft, fileOf(dataDir))
}

function fileOf(dataDir: string): string {
  return join(dataDir, 'population.json')
}
