import { RegistryRefusal } from './ask-registry.ts'

/**
 * Runs a command that asks a registry; why it could not be asked goes to standard error, in one line.
 *
 * @returns the exit code: the command's own, or 2 when it could not be asked
 */
export async function runAsking(name: string, run: () => Promise<number>): Promise<number> {
  try {
    return await run()
  } catch (error) {
    if (!(error instanceof RegistryRefusal)) throw error
    process.stderr.write(`lcr ${name}: ${error.message}\n`)
    return 2
  }
}
