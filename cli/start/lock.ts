import { randomUUID } from 'node:crypto'
import { link, readFile, rename, unlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { readIfPresent } from './data-folder.ts'
import { StartProblem } from './problem.ts'
import { readProcess } from './processes.ts'

interface Holder {
  readonly pid: number
  readonly startedAt: string
  readonly port: number
}

/**
 * Claims a data folder for this process. A claim whose process is gone counts for nothing.
 *
 * @returns gives the claim up
 * @throws {StartProblem} when a running system holds it
 */
export async function lockDataFolder(dataDir: string, port: number): Promise<() => Promise<void>> {
  const file = join(dataDir, 'running.json')
  const draft = `${file}.${randomUUID()}`
  const facts = await readProcess(process.pid)
  const mine = JSON.stringify({ pid: process.pid, startedAt: facts?.startedAt ?? '', port })
  try {
    await writeFile(draft, mine)
    while (!(await claim(draft, file))) await removeStale(file, dataDir)
  } finally {
    await unlink(draft).catch(() => {})
  }
  return async () => {
    if ((await readIfPresent(file)) === mine) await unlink(file)
  }
}

async function claim(draft: string, file: string): Promise<boolean> {
  try {
    await link(draft, file)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

async function removeStale(file: string, dataDir: string): Promise<void> {
  const text = await readIfPresent(file)
  if (text === undefined) return
  const holder = parse(text)
  const facts = holder && (await readProcess(holder.pid))
  if (holder && facts && facts.startedAt === holder.startedAt) {
    throw new StartProblem(
      `It is running already with ${dataDir}: process ${holder.pid}, port ${holder.port}. Stop it first, or set LCR_DATA_DIR and PORT to run a second one`,
    )
  }
  // Two starts may find the same stale claim: the one that moves it away looks at what it moved.
  const moved = `${file}.${randomUUID()}`
  await rename(file, moved).catch(() => {})
  const removed = await readFile(moved, 'utf8').catch(() => undefined)
  if (removed !== undefined && removed !== text) await claim(moved, file)
  await unlink(moved).catch(() => {})
}

function parse(text: string): Holder | undefined {
  try {
    return JSON.parse(text) as Holder
  } catch {
    // Half written by something that is gone.
    return undefined
  }
}
