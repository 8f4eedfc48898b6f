import type { Usage } from '../../gateway/registry/operations/usage.ts'
import { runAsking } from '../registry/run-asking.ts'
import { askAsTeam } from './ask-as-team.ts'

/**
 * Prints which operations ask for something of the schema.
 *
 * @returns the exit code: 0, or 2 when it could not be asked
 */
export function runUsage(request: {
  readonly of: string
  readonly gateway: string
  readonly json?: boolean
}): Promise<number> {
  const { of, gateway, json = false } = request
  return runAsking('usage', async () => {
    const path = `/registry/usage?of=${encodeURIComponent(of)}`
    const usage = await askAsTeam<Usage>({ gateway, path })
    process.stdout.write(`${json ? JSON.stringify(usage, null, 2) : render(usage)}\n`)
    return 0
  })
}

function render({ of, operations }: Usage): string {
  if (operations.length === 0) {
    return `Nobody asks for ${of}: no registered operation does, and none that was used in the last 30 days.`
  }
  const lines = operations.map(({ name, teams = [], clients, times, lastUsed }) => {
    const who = teams.length > 0 ? `registered by ${teams.join(', ')}` : 'not registered'
    const by = clients.length > 0 ? ` by ${clients.join(', ')}` : ''
    const used =
      lastUsed === null ? 'not used yet' : `used ${times} times${by}, last ${lastUsed.slice(0, 10)}`
    return `  ${name ?? '(no name)'}: ${who}; ${used}`
  })
  return [`Operations that ask for ${of}`, ...lines].join('\n')
}
