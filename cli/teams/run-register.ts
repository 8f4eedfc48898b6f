import { readFile } from 'node:fs/promises'
import type { OperationProblem } from '../../gateway/registry/operations/check-manifest.ts'
import type { TakenManifest } from '../../gateway/registry/store/operations.ts'
import { RegistryRefusal } from '../registry/ask-registry.ts'
import { runAsking } from '../registry/run-asking.ts'
import { askAsTeam } from './ask-as-team.ts'

/**
 * Registers a team's operations, and prints what came of it.
 *
 * @returns the exit code: 0 registered, 1 some are not valid, 2 it could not be asked
 */
export function runRegister(request: {
  readonly team: string
  readonly manifest: string
  readonly gateway: string
  readonly replace?: boolean
}): Promise<number> {
  const { team, manifest, gateway, replace = false } = request
  return runAsking('operations register', async () => {
    const body = await readManifestFile(manifest)
    const path = `/registry/teams/${encodeURIComponent(team)}/operations${replace ? '?replace=yes' : ''}`
    try {
      const taken = await askAsTeam<TakenManifest>({ gateway, path, body })
      process.stdout.write(`${tell(team, taken)}\n`)
      return 0
    } catch (error) {
      const problems = error instanceof RegistryRefusal ? problemsOf(error) : null
      if (!problems) throw error
      for (const problem of problems) process.stdout.write(`${tellProblem(problem)}\n`)
      process.stderr.write(`lcr operations register: ${(error as RegistryRefusal).message}\n`)
      return 1
    }
  })
}

async function readManifestFile(file: string): Promise<object> {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new RegistryRefusal(`there is no file '${file}'`)
  })
  try {
    return JSON.parse(text)
  } catch {
    throw new RegistryRefusal(`${file} is not JSON`)
  }
}

function tell(team: string, { operations, added, retired }: TakenManifest): string {
  const gone = retired > 0 ? `, ${retired} retired` : ''
  return `${team} has ${operations} operations registered: ${added} new${gone}. Every gateway knows them within two seconds.`
}

function problemsOf({ answer }: RegistryRefusal): readonly OperationProblem[] | null {
  return (answer as { problems?: readonly OperationProblem[] } | undefined)?.problems ?? null
}

function tellProblem({ operation, line, message }: OperationProblem): string {
  return `  ${operation}${line === null ? '' : `, line ${line}`}: ${message}`
}
