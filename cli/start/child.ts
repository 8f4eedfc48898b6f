import { type ChildProcess, spawn } from 'node:child_process'
import { EventEmitter } from 'node:events'
import { closeSync, openSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from '../../gateway/config.ts'
import type { Order, Report } from './messages.ts'
import { StartProblem } from './problem.ts'

/** A process of the launcher's. */
export interface Child {
  readonly name: string
  readonly pid: number | undefined
  /** Rejects with the process's own words when it ends first. */
  readonly ready: Promise<void>
  /** Resolves, with how it ended, when it is gone. */
  readonly ended: Promise<string>
  tell(order: Order): void
  /** Resolves with the next report of a kind; rejects when the process ends first. */
  next(kind: Report['kind']): Promise<void>
  stop(signal?: NodeJS.Signals): void
}

/** True when processes log to the terminal; otherwise each has a file in the data folder. */
export function logsToTerminal({ logLevel }: Config): boolean {
  return logLevel === 'debug' || logLevel === 'trace'
}

/**
 * Starts a command of `lcr` as a process of its own.
 *
 * @param given.logs the folder for its log; undefined writes to the terminal
 */
export function startChild(given: {
  readonly name: string
  readonly args: readonly string[]
  /** Node's own, before the command. */
  readonly nodeArgs?: readonly string[]
  readonly logs: string | undefined
  onReport?(report: Report): void
}): Child {
  const { name, args, nodeArgs = [], logs } = given
  const file = logs === undefined ? undefined : join(logs, `${name}.log`)
  const output = file === undefined ? 'inherit' : openSync(file, 'a', 0o600)
  const child = spawn(process.execPath, [...nodeArgs, process.argv[1] ?? '', ...args], {
    stdio: ['ignore', output, output, 'ipc'],
  })
  if (typeof output === 'number') closeSync(output)
  const reports = new EventEmitter()
  let problem: string | undefined
  child.on('message', (report: Report) => {
    if (report.kind === 'problem') problem = report.line
    reports.emit(report.kind)
    given.onReport?.(report)
  })
  const ended = endOf(child).then(({ code, signal }) => problem ?? describeEnd(code, signal, file))
  const next = (kind: Report['kind']) =>
    new Promise<void>((resolve, reject) => {
      reports.once(kind, resolve)
      void ended.then((how) => reject(new StartProblem(`${name}: ${how}`)))
    })
  const ready = next('ready')
  // A child that ends while nobody waits for it is reported by `ended`.
  ready.catch(() => {})
  return {
    name,
    pid: child.pid,
    ready,
    ended,
    next,
    tell(order) {
      if (child.connected) child.send(order, () => {})
    },
    stop(signal = 'SIGTERM') {
      child.kill(signal)
    },
  }
}

interface End {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
}

/** The end of a process, once its last report has come in as well. */
function endOf(child: ChildProcess): Promise<End> {
  return new Promise((resolve) => {
    child.once('error', () => resolve({ code: null, signal: null }))
    child.once('exit', (code, signal) => {
      if (child.connected) child.once('disconnect', () => resolve({ code, signal }))
      else resolve({ code, signal })
    })
  })
}

function describeEnd(
  code: number | null,
  signal: NodeJS.Signals | null,
  file: string | undefined,
): string {
  const how = signal === null ? `ended with exit code ${code}` : `was ended by ${signal}`
  return file === undefined ? how : `${how} (see ${file})`
}
