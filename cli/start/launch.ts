import { findGatewayProblems } from '../../gateway/config.ts'
import { loadExclusions } from '../../subgraphs/kit/exclusions/load-exclusions.ts'
import { bringUp, type Launch } from './bring-up.ts'
import { logsToTerminal } from './child.ts'
import { openDataFolder } from './data-folder.ts'
import { lockDataFolder } from './lock.ts'
import { describeProblem, StartProblem } from './problem.ts'
import { readSettings, type Settings } from './read-settings.ts'
import { createRunning, type Running } from './running.ts'
import { listenForStop, type StopRequests } from './stop-requests.ts'
import { createTerminal } from './terminal.ts'
import { createTimings } from './timings.ts'
import { printWelcome } from './welcome.ts'

const OLDEST_NODE = [20, 19] as const

/** As shells have it for a command that Ctrl-C ended. */
const EXIT_INTERRUPTED = 130

/**
 * Starts everything, says how to use it, and stops everything when told to.
 *
 * @returns the exit code: 0 after a stop that was asked for, 1 when something broke, 130 when a
 * second Ctrl-C cut the stop short
 */
export async function launch(options: { readonly withTimings: boolean }): Promise<number> {
  const stopRequests = listenForStop(process.env['npm_lifecycle_event'] !== undefined)
  const running = createRunning()
  let terminal = createTerminal(process.stderr, false)
  let dataDir = ''
  let unlock = async () => {}
  try {
    const settings = await readStartSettings()
    const { config } = settings
    dataDir = config.dataDir
    terminal = createTerminal(process.stderr, process.stderr.isTTY && !logsToTerminal(config))
    for (const warning of config.warnings) terminal.line(warning)
    const folder = await openDataFolder(dataDir)
    unlock = await lockDataFolder(dataDir, config.port)
    const timings = createTimings(options.withTimings ? terminal.line : undefined)
    const broken = run({ ...settings, folder, running, terminal, timings })
    const end = await Promise.race([broken, stopRequests.requested.then(() => undefined)])
    if (end !== undefined) throw new StartProblem(end)
    terminal.phase('Stopping')
    const exitCode = await stop(running, stopRequests)
    // What was under way when the stop was asked for ends too, before the folder is another's.
    if (exitCode === 0) await broken.catch(() => {})
    return exitCode
  } catch (error) {
    terminal.clear()
    terminal.line(describeProblem(error, dataDir))
    await stop(running, stopRequests)
    return 1
  } finally {
    terminal.clear()
    stopRequests.end()
    await unlock().catch(() => {})
  }
}

async function readStartSettings(): Promise<Settings> {
  refuseOldNode(process.versions.node)
  const settings = await readSettings()
  if ('problem' in settings) throw new StartProblem(settings.problem)
  const problems = findGatewayProblems(settings.config)
  if (problems.length > 0) throw new StartProblem(problems.join('\n'))
  // Every part reads them itself and stops without them: here it is said once, before anything starts.
  await loadExclusions(settings.config.exclusions)
  return settings
}

/** Resolves with a line when the system cannot go on. */
async function run(launch: Launch): Promise<string> {
  const up = await bringUp(launch)
  launch.terminal.clear()
  if (!launch.running.isStopping) await printWelcome({ ...launch, ...up })
  launch.timings.end('ready')
  return up.broken
}

async function stop(running: Running, { forced }: StopRequests): Promise<number> {
  const isForced = await Promise.race([running.stop().then(() => false), forced.then(() => true)])
  if (!isForced) return 0
  running.kill()
  return EXIT_INTERRUPTED
}

function refuseOldNode(version: string): void {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const [oldestMajor, oldestMinor] = OLDEST_NODE
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return
  throw new StartProblem(
    `This is Node ${version}: it must be ${oldestMajor}.${oldestMinor} or newer (20, 22 and 24 are tested)`,
  )
}
