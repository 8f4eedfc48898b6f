import { databaseVariable } from '../../gateway/config/settings.ts'
import { openDataFolder } from './data-folder.ts'
import type { Order } from './messages.ts'
import { populate, type Step } from './populate.ts'
import { findUnpopulated, readPopulation, writePopulation } from './population.ts'
import { describeProblem } from './problem.ts'
import { readSettings, type Settings } from './read-settings.ts'
import { report } from './service.ts'

/**
 * Loads invented patients: those that are missing, or what the launcher orders until it is done.
 *
 * @returns one line when it cannot be done
 */
export async function runPopulate(options: {
  readonly launched?: boolean
}): Promise<string | undefined> {
  const settings = await readSettings()
  if ('problem' in settings) return settings.problem
  if (options.launched) {
    followOrders(settings)
    return undefined
  }
  const absent = settings.config.sources.filter(({ databaseUrl }) => databaseUrl === undefined)
  if (absent.length > 0) {
    return `Set all databases. Absent: ${absent.map(({ code }) => databaseVariable(code)).join(', ')}`
  }
  try {
    await populateMissing(settings)
    return undefined
  } catch (error) {
    return describeProblem(error, settings.config.dataDir)
  }
}

async function populateMissing({ config, participants }: Settings): Promise<void> {
  await openDataFolder(config.dataDir)
  const urls = new Map(config.sources.map(({ code, databaseUrl = '' }) => [code, databaseUrl]))
  const urlOf = async (code: string) => urls.get(code) ?? ''
  const found = await readPopulation(config.dataDir, { ...config.population, now: new Date() })
  const missing = await findUnpopulated(participants, found, urlOf)
  let { state } = found
  await writePopulation(config.dataDir, state)
  for (const participant of participants.filter(({ code }) => missing.includes(code))) {
    const databaseUrl = await urlOf(participant.code)
    const { exclusions } = config
    const entries = await populate({ participant, databaseUrl, population: state, exclusions })
    state = { ...state, done: [...state.done, participant.code] }
    await writePopulation(config.dataDir, state)
    console.log(`${participant.code}: ${entries} entries`)
  }
}

function followOrders({ config, participants }: Settings): void {
  // Loading again what was half loaded changes nothing: there is nothing to tidy.
  process.on('SIGTERM', () => process.exit(0))
  process.on('disconnect', () => process.exit(0))
  process.on('SIGINT', () => {})
  process.on('SIGHUP', () => {})
  process.on('message', (order: Order) => {
    const participant = participants.find(
      ({ code }) => order.kind === 'load' && code === order.participant,
    )
    if (order.kind !== 'load' || !participant) return
    const onStep = (step: Step) => report({ kind: 'progress', step })
    populate({ ...order, participant, exclusions: config.exclusions, onStep }).then(
      () => report({ kind: 'loaded', participant: participant.code }),
      (error) => {
        console.error(error)
        report({ kind: 'problem', line: describeProblem(error, config.dataDir) })
        process.exitCode = 1
        process.disconnect()
      },
    )
  })
  report({ kind: 'ready' })
}
