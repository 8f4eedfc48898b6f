import type { RegisteredOperation } from '../../gateway/registry/operations/registered-operation.ts'
import { runAsking } from '../registry/run-asking.ts'
import { askAsTeam } from './ask-as-team.ts'

type Listed = Omit<RegisteredOperation, 'text' | 'registeredAt'> & { readonly registeredAt: string }

/**
 * Prints the registered operations, by team and name.
 *
 * @returns the exit code: 0, or 2 when it could not be asked
 */
export function runList(request: {
  readonly gateway: string
  readonly team?: string
  readonly json?: boolean
}): Promise<number> {
  const { gateway, team, json = false } = request
  return runAsking('operations list', async () => {
    const path = '/registry/operations'
    const { operations } = await askAsTeam<{ operations: readonly Listed[] }>({ gateway, path })
    const wanted = operations.filter((operation) => team === undefined || operation.team === team)
    const text = json ? JSON.stringify(wanted, null, 2) : render(wanted)
    process.stdout.write(`${text}\n`)
    return 0
  })
}

function render(operations: readonly Listed[]): string {
  if (operations.length === 0) return 'No operation is registered.'
  return operations
    .map(({ team, name, type, registeredAt, digest }) =>
      [team, type, name, registeredAt.slice(0, 10), digest.slice(0, 12)].join('  '),
    )
    .join('\n')
}
