import type { Participant } from '../../subgraphs/kit/participant.ts'
import type { Launch } from './bring-up.ts'
import { startChild } from './child.ts'
import type { Databases } from './open-databases.ts'
import type { Step } from './populate.ts'
import {
  findUnpopulated,
  type PopulationState,
  readPopulation,
  writePopulation,
} from './population.ts'

/** One for each processor of a small machine. */
const WORKERS = 2

/**
 * Loads the invented patients that are missing, in processes of its own, and says how far it is.
 *
 * @returns whether any were missing
 */
export async function loadPopulation(launch: Launch, databases: Databases): Promise<boolean> {
  const { config, participants, terminal, timings } = launch
  const found = await readPopulation(config.dataDir, { ...config.population, now: new Date() })
  const missing = await findUnpopulated(participants, found, databases.urlOf)
  if (missing.length > 0) {
    await writePopulation(config.dataDir, found.state)
    terminal.phase(`Loading ${found.state.patients} invented patients`)
    const loading = createLoading(launch, found.state)
    const queue = largestFirst(participants, missing)
    const workers = Array.from({ length: Math.min(WORKERS, queue.length) }, (_, index) =>
      work(launch, { name: `populate-${index + 1}`, queue, databases, loading }),
    )
    await Promise.all(workers)
    timings.end('population loaded')
  }
  return missing.length > 0
}

/**
 * Node 20 spends a fifth of so short a load on compiling what it compiles again soon; later versions know
 * better, and do not know the option.
 */
const UNHURRIED = process.versions.node.startsWith('20.') ? ['--interrupt-budget=600000'] : []

/** Regions hold most patients: a worker that began with one last would keep everybody waiting. */
function largestFirst(participants: readonly Participant[], codes: readonly string[]): string[] {
  const isRegion = (code: string) =>
    participants.some((each) => each.code === code && each.kind === 'REGIONAL_HIE')
  return [...codes].sort((a, b) => Number(isRegion(b)) - Number(isRegion(a)))
}

/** What all workers have done together. */
interface Loading {
  readonly state: PopulationState
  add(step: Step): void
  finish(participant: string): Promise<void>
}

function createLoading({ config, terminal }: Launch, first: PopulationState): Loading {
  let state = first
  const entries = { READING: 0, WRITING: 0 }
  let written = Promise.resolve()
  return {
    state: first,
    add(step) {
      entries[step.phase] += step.entries
      terminal.progress(
        `${format(entries.READING)} entries read, ${format(entries.WRITING)} written`,
      )
    },
    async finish(participant) {
      state = { ...state, done: [...state.done, participant] }
      const present = state
      written = written.then(() => writePopulation(config.dataDir, present))
      await written
    },
  }
}

function format(count: number): string {
  return count.toLocaleString('en-GB')
}

async function work(
  { folder, running }: Launch,
  given: { name: string; queue: string[]; databases: Databases; loading: Loading },
): Promise<void> {
  const { name, queue, databases, loading } = given
  const child = startChild({
    name,
    args: ['populate', '--launched'],
    nodeArgs: UNHURRIED,
    logs: folder.logs,
    onReport: (report) => {
      if (report.kind === 'progress') loading.add(report.step)
    },
  })
  running.addChild(child)
  await child.ready
  for (let code = queue.shift(); code !== undefined; code = queue.shift()) {
    const databaseUrl = await databases.urlOf(code)
    const loaded = child.next('loaded')
    child.tell({ kind: 'load', participant: code, databaseUrl, population: loading.state })
    await loaded
    await loading.finish(code)
  }
  child.stop()
}
