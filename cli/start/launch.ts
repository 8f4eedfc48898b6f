import { findGatewayProblems } from '../../gateway/config.ts'
import { bringUp } from './bring-up.ts'
import { openDataFolder } from './data-folder.ts'
import { lockDataFolder } from './lock.ts'
import { describeProblem, StartProblem } from './problem.ts'
import { readSettings } from './read-settings.ts'
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
  const terminal = createTerminal(process.stderr)
  const stopRequests = listenForStop(process.env['npm_lifecycle_event'] !== undefined)
  const running = createRunning()
  let dataDir = '.data'
  let unlock = async () => {}
  try {
    refuseOldNode(process.versions.node)
    const settings = await readSettings()
    if ('problem' in settings) throw new StartProblem(settings.problem)
    const { config } = settings
    const problems = findGatewayProblems(config)
    if (problems.length > 0) throw new StartProblem(problems.join('\n'))
    dataDir = config.dataDir
    for (const warning of config.warnings) terminal.line(warning)
    const folder = await openDataFolder(dataDir)
    unlock = await lockDataFolder(dataDir, config.port)
    const timings = createTimings(options.withTimings ? terminal.line : undefined)
    const broken = bringUp({ ...settings, folder, running, terminal, timings }).then(async (up) => {
      terminal.clear()
      await printWelcome({ ...settings, ...up })
      timings.end('ready')
      return up.broken
    })
    const end = await Promise.race([broken, stopRequests.requested.then(() => undefined)])
    if (end !== undefined) throw new StartProblem(end)
    broken.catch(() => {})
    terminal.phase('Stopping')
    return await stop(running, stopRequests)
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
