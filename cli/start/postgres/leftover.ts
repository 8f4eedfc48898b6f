import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { readIfPresent } from '../data-folder.ts'
import { StartProblem } from '../problem.ts'
import { findProcessesIn, readCommandLine, readProcess, signal } from '../processes.ts'

const PATIENCE_MS = 10_000
const LOOK_EVERY_MS = 25

/**
 * Ends what a killed start left behind: a PostgreSQL that still runs on this data folder, and the
 * claim of one that does not. A process that merely got the same number is left alone.
 *
 * @param folder PostgreSQL's own data folder; the caller holds the lock of the data folder above it
 * @throws {StartProblem} when the other PostgreSQL does not end
 */
export async function endLeftover(folder: string): Promise<void> {
  const claim = join(folder, 'postmaster.pid')
  const pid = Number.parseInt((await readIfPresent(claim)) ?? '', 10)
  if (!Number.isInteger(pid)) return
  if (await isPostgresOf(folder, pid)) {
    signal(pid, 'SIGINT')
    if (!(await ends(pid))) signal(pid, 'SIGQUIT')
  }
  // After a kill -9 of the main process the others end by themselves, a moment later.
  const deadline = Date.now() + PATIENCE_MS
  for (;;) {
    const [remaining] = await findProcessesIn(folder)
    if (remaining === undefined) break
    if (Date.now() > deadline) {
      throw new StartProblem(
        `A PostgreSQL of an earlier start does not end: stop process ${remaining}, then start again`,
      )
    }
    await wait(LOOK_EVERY_MS)
  }
  if (!(await isPostgresOf(folder, pid))) await rm(claim, { force: true })
}

async function isPostgresOf(folder: string, pid: number): Promise<boolean> {
  if (process.platform === 'linux') return (await findProcessesIn(folder)).includes(pid)
  return (await readCommandLine(pid)).includes(folder)
}

async function ends(pid: number): Promise<boolean> {
  const deadline = Date.now() + PATIENCE_MS
  while (await readProcess(pid)) {
    if (Date.now() > deadline) return false
    await wait(LOOK_EVERY_MS)
  }
  return true
}
