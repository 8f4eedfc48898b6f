import { setTimeout as wait } from 'node:timers/promises'
import type { Config } from '../../gateway/config.ts'
import type { Child } from './child.ts'
import { StartProblem } from './problem.ts'

const PATIENCE_MS = 60_000
const ASK_EVERY_MS = 100

/**
 * Waits until the gateway says that it can answer.
 *
 * @throws {StartProblem} when it ends, or does not get there within a minute
 */
export async function waitUntilReady(config: Config, gateway: Child): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS
  const ended = gateway.ended.then((how) => {
    throw new StartProblem(`gateway: ${how}`)
  })
  ended.catch(() => {})
  while (!(await Promise.race([isReady(config), ended]))) {
    if (Date.now() > deadline) {
      throw new StartProblem(
        `The gateway was not ready within a minute: see its log in ${config.dataDir}/logs`,
      )
    }
    await Promise.race([wait(ASK_EVERY_MS), ended])
  }
}

/** The address by which this machine reaches the gateway. */
export function gatewayUrl({ host, port }: Config): string {
  const name = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`
}

async function isReady(config: Config): Promise<boolean> {
  try {
    const answer = await fetch(`${gatewayUrl(config)}/health/ready`)
    await answer.arrayBuffer()
    return answer.ok
  } catch {
    // It does not listen yet.
    return false
  }
}
