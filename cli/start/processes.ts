import { execFile } from 'node:child_process'
import { readdir, readFile, readlink } from 'node:fs/promises'
import { promisify } from 'node:util'

/** What tells one process from a later one that got the same number. */
export interface ProcessFacts {
  readonly parent: number
  /** Opaque: ticks since boot on Linux, a date elsewhere. */
  readonly startedAt: string
}

/** Who a process is; undefined when there is none of that number, or it has ended and waits for its parent. */
export async function readProcess(pid: number): Promise<ProcessFacts | undefined> {
  if (process.platform !== 'linux') return readProcessByCommand(pid)
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined)
  if (stat === undefined) return undefined
  // The second field, the command, may hold spaces and brackets.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const [state, parent] = fields
  if (state === 'Z' || state === 'X') return undefined
  return { parent: Number(parent), startedAt: fields[19] ?? '' }
}

/** The processes that work in a folder: PostgreSQL's, in its data folder. Linux alone tells. */
export async function findProcessesIn(folder: string): Promise<number[]> {
  const entries = await readdir('/proc').catch(() => [])
  const pids = entries.filter((entry) => /^\d+$/.test(entry)).map(Number)
  const found: number[] = []
  for (const pid of pids) {
    const cwd = await readlink(`/proc/${pid}/cwd`).catch(() => undefined)
    if (cwd === folder && (await readProcess(pid))) found.push(pid)
  }
  return found
}

/** The command line of a process; empty when it cannot be read. */
export async function readCommandLine(pid: number): Promise<string> {
  if (process.platform === 'linux') {
    return (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).replaceAll('\0', ' ')
  }
  return ps(pid, 'command=')
}

/** Sends a signal; false when there is no such process. */
export function signal(pid: number, name: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, name)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false
    throw error
  }
}

async function readProcessByCommand(pid: number): Promise<ProcessFacts | undefined> {
  const match = /^\s*(\d+)\s+(\S+)\s+(.+?)\s*$/.exec(await ps(pid, 'ppid=,stat=,lstart='))
  if (!match || match[2]?.startsWith('Z')) return undefined
  return { parent: Number(match[1]), startedAt: match[3] ?? '' }
}

async function ps(pid: number, columns: string): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)('ps', ['-o', columns, '-p', String(pid)])
    return stdout
  } catch {
    // ps exits with 1 when there is no such process.
    return ''
  }
}
