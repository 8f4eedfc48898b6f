import type { Command } from 'commander'
import { addRunOptions } from '../../cli/conformance/run-options.ts'
import type { ConformanceCommand } from '../../cli/conformance.ts'

/** `npm run conformance`: tests the folder's own subgraph against the contract. */
export function registerKitConformance(program: Command): void {
  const command = program
    .command('conformance')
    .description("Test this folder's subgraph against the contract.")
  addRunOptions(command)
    // 1 would say that the subgraph does not conform.
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
    .addHelpText('after', HELP)
    .action(async (options: ConformanceCommand) => {
      const { testOwnSubgraph } = await import('./test-own-subgraph.ts')
      process.exitCode = await testOwnSubgraph(options)
    })
}

const HELP = `
It starts server.js once more on a free port, on the same records, with a key of its own to trust, asks it what the
gateway would ask, and stops it. It writes nothing, and names patients in no report. Without --patient it asks about
those of examples/, which have to be loaded.

Ends with 0 when nothing failed, 1 when a test failed, 2 when the run cannot be carried out.

Example:
  $ npm run conformance -- --format junit --output conformance.xml`
