import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'

/** What a program wrote, and why it did not end well; null when it did. */
export interface Ran {
  readonly output: string
  readonly failure: string | null
}

/** Runs a program that may not be there. */
export async function runTool(name: string, options: readonly string[]): Promise<Ran> {
  const child = spawn(name, options, { stdio: ['ignore', 'pipe', 'pipe'] })
  const written = Promise.all([text(child.stdout), text(child.stderr)])
  try {
    const [code] = await once(child, 'close')
    const output = (await written).join('')
    const line = output.split('\n').find((one) => one.includes('ERROR')) ?? `it ended with ${code}`
    return { output, failure: code === 0 ? null : line }
  } catch (error) {
    return { output: '', failure: error instanceof Error ? error.message : String(error) }
  }
}
