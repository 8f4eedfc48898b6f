import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { projectRoot } from '../../project-root.ts'
import { keepPrinted } from '../support/printed.ts'

/** What a command said, and how it ended. */
export interface LcrRun {
  readonly code: number
  readonly out: string
  readonly err: string
}

/**
 * Runs a command of `lcr` to its end, as it is installed.
 *
 * @param settings beside its data folder, the only ones it gets
 */
export async function runLcr(
  dataDir: string,
  args: readonly string[],
  input = '',
  settings: Readonly<Record<string, string>> = {},
): Promise<LcrRun> {
  const command = join(projectRoot, 'dist', 'cli', 'lcr.js')
  const child = spawn(process.execPath, [command, ...args], {
    env: { PATH: process.env['PATH'] ?? '', LCR_DATA_DIR: dataDir, ...settings },
  })
  const said = { out: '', err: '' }
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said.out += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said.err += text
  })
  child.stdin.on('error', () => {})
  child.stdin.end(input)
  const [code] = (await once(child, 'close')) as [number]
  await keepPrinted('commands', said.err)
  return { code, ...said }
}
