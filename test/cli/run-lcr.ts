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

/** Runs a command of `lcr` to its end, as it is installed, with no settings but its data folder. */
export async function runLcr(
  dataDir: string,
  args: readonly string[],
  input = '',
): Promise<LcrRun> {
  const command = join(projectRoot, 'dist', 'cli', 'lcr.js')
  const child = spawn(process.execPath, [command, ...args], {
    env: { PATH: process.env['PATH'] ?? '', LCR_DATA_DIR: dataDir },
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
