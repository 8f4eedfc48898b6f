import { renderResults } from '../../gateway/registry/checks/render-results.ts'
import type { RolledBack } from '../../gateway/registry/publishing/roll-back.ts'
import { createTerminal } from '../start/terminal.ts'
import { askRegistry, RegistryRefusal } from './ask-registry.ts'
import { whenInForce } from './when-in-force.ts'

/**
 * Takes a participant back to an earlier publication, and prints what the checks say of it.
 *
 * @returns the exit code: 0 done, 1 refused, 2 it could not be asked
 */
export async function runRollback(request: {
  readonly participant: string
  readonly gateway: string
  readonly to?: string
}): Promise<number> {
  const { participant, gateway, to } = request
  const terminal = createTerminal(process.stderr)
  terminal.phase(`Composing without the present version of ${participant}: some seconds …`)
  try {
    const body = to === undefined ? {} : { to }
    const back = await askRegistry<RolledBack>({ gateway, participant, action: 'rollback', body })
    terminal.clear()
    const { results, publication, version } = back
    process.stdout.write(renderResults(results, { colour: process.stdout.isTTY }))
    const seconds = await whenInForce(gateway, version)
    const what = publication === null ? 'to the beginning' : `to publication ${publication}`
    const when =
      seconds === null ? 'Not in force yet: look at the log.' : `In force ${seconds} s later.`
    process.stdout.write(`Rolled ${participant} back ${what}, supergraph ${version}. ${when}\n`)
    return 0
  } catch (error) {
    terminal.clear()
    if (!(error instanceof RegistryRefusal)) throw error
    const { results } = (error.answer ?? {}) as Partial<RolledBack>
    if (results) process.stdout.write(renderResults(results, { colour: process.stdout.isTTY }))
    process.stderr.write(`lcr rollback: ${error.message}\n`)
    return results ? 1 : 2
  }
}
