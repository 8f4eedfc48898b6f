import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { projectRoot } from '../../../project-root.ts'

/** What a command said, and how it ended. */
export interface Run {
  readonly code: number
  readonly out: string
  readonly err: string
}

/** Runs `lcr audit` as it is installed, with no settings of its own. */
export async function lcrAudit(dataDir: string, args: readonly string[]): Promise<Run> {
  const command = join(projectRoot, 'dist', 'cli', 'lcr.js')
  const child = spawn(process.execPath, [command, 'audit', ...args], {
    env: { PATH: process.env['PATH'] ?? '', LCR_DATA_DIR: dataDir },
  })
  const said = { out: '', err: '' }
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said.out += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said.err += text
  })
  const [code] = (await once(child, 'close')) as [number]
  return { code, ...said }
}
