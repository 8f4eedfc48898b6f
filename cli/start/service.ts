import { once } from 'node:events'
import type { Config } from '../../gateway/config.ts'
import type { Order, OwnDatabases, Report } from './messages.ts'
import { describeProblem } from './problem.ts'
import { ONE_KEY_PRESS_MS } from './stop-requests.ts'

/** A part of the system that runs as a process of its own until it is told to stop. */
export interface Service {
  /** Goes on answering until whoever stands before it has noticed that it stops. */
  drain?(): Promise<void>
  close(): Promise<void>
}

/** How long answers under way may take where the launcher stops everything: Ctrl-C stays quick. */
const LAUNCHED_ANSWERS_MS = 2_500

/** How long a service may take to end once nothing is under way. */
const TIDY_MS = 2_000

/**
 * Runs one part of the system: alone, or for the launcher, which then says when the databases are
 * there and is told when the part is ready. Ends with SIGTERM or SIGINT, at once with a second one, and
 * when the launcher is gone.
 *
 * @param given.isLaunched true when the launcher started this process
 * @param given.stopMs how long it may drain, and then answers under way take, where it runs alone
 * @param given.start the databases are the launcher's, or the settings' own
 */
export async function runService(given: {
  readonly config: Config
  readonly databases: OwnDatabases | undefined
  readonly isLaunched: boolean
  readonly stopMs: { readonly drain: number; readonly answers: number }
  start(databases: OwnDatabases): Promise<Service>
}): Promise<void> {
  const { isLaunched, config } = given
  let service: Service | undefined
  let stoppingSince: number | undefined
  const stopMs = isLaunched ? { drain: 0, answers: LAUNCHED_ANSWERS_MS } : given.stopMs
  const stop = () => {
    if (stoppingSince !== undefined) {
      const isFurther = Date.now() - stoppingSince > ONE_KEY_PRESS_MS
      if (isFurther && !isLaunched) process.exit(1)
      return
    }
    stoppingSince = Date.now()
    setTimeout(() => process.exit(1), stopMs.drain + stopMs.answers + TIDY_MS).unref()
    end(service, isLaunched).then(
      () => process.exit(0),
      () => process.exit(1),
    )
  }
  process.on('SIGTERM', stop)
  // Ctrl-C reaches every process of the terminal: the launcher decides in which order they stop.
  process.on('SIGINT', isLaunched ? () => {} : stop)
  process.on('SIGHUP', isLaunched ? () => {} : stop)
  if (isLaunched) process.on('disconnect', stop)
  try {
    const databases = isLaunched ? await databasesOfLauncher() : given.databases
    if (!databases) throw new Error('There is no database')
    service = await given.start(databases)
    if (isLaunched) report({ kind: 'ready' })
  } catch (error) {
    const line = describeProblem(error, config.dataDir)
    if (isLaunched) report({ kind: 'problem', line })
    else process.stderr.write(`${line}\n`)
    process.exitCode = 1
    if (isLaunched) process.disconnect()
    setTimeout(() => process.exit(1), TIDY_MS).unref()
  }
}

/** Nobody stands before what the launcher started. */
async function end(service: Service | undefined, isLaunched: boolean): Promise<void> {
  if (!isLaunched) await service?.drain?.()
  await service?.close()
}

/** Tells the launcher something; nothing happens when it is gone. */
export function report(message: Report): void {
  if (process.connected) process.send?.(message, undefined, undefined, () => {})
}

async function databasesOfLauncher(): Promise<OwnDatabases> {
  const [order] = (await once(process, 'message')) as [Order]
  if (order.kind !== 'begin')
    throw new Error(`Told to ${order.kind} before the databases are there`)
  return order
}
