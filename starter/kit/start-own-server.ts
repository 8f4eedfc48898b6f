import { spawn } from 'node:child_process'
import { setTimeout as wait } from 'node:timers/promises'
import { StartProblem } from '../../cli/start/problem.ts'

/** The folder's own server, as a process of its own. */
interface OwnServer {
  stop(): Promise<void>
}

const LOOK_EVERY_MS = 50
const PATIENCE_MS = 60_000

/**
 * Starts `server.js` and waits until it is ready.
 *
 * @param settings in the place of those of `.env`; PORT is among them
 * @throws {StartProblem} with the server's own words when it ends first
 */
export async function startOwnServer(
  settings: Readonly<Record<string, string>>,
): Promise<OwnServer> {
  const child = spawn(process.execPath, ['server.js'], {
    env: { ...process.env, ...settings },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-2000)
  })
  let hasEnded = false
  const ended = new Promise<void>((resolve) => {
    child.once('close', () => resolve()).once('error', () => resolve())
  })
  void ended.then(() => {
    hasEnded = true
  })
  const stop = async () => {
    child.kill('SIGTERM')
    await ended
  }
  const deadline = Date.now() + PATIENCE_MS
  while (!(await isReady(settings['PORT'] ?? ''))) {
    if (hasEnded) throw new StartProblem(`server.js ended before it was ready: ${said.trim()}`)
    if (Date.now() > deadline) {
      await stop()
      throw new StartProblem('server.js did not answer on /health/ready within a minute')
    }
    await wait(LOOK_EVERY_MS)
  }
  return { stop }
}

async function isReady(port: string): Promise<boolean> {
  return fetch(`http://127.0.0.1:${port}/health/ready`).then(
    ({ ok }) => ok,
    () => false,
  )
}
