import type { Command } from 'commander'
import { registerKeys } from './keys.ts'
import { registerPopulate } from './populate.ts'

/** `lcr start`, the whole system on one machine; `lcr keys` and `lcr populate`, what it does first. */
export function registerStart(program: Command): void {
  registerKeys(program)
  registerPopulate(program)
  program
    .command('start')
    .description(
      'Start the whole system: PostgreSQL, every subgraph, the gateway, invented patients.',
    )
    .option('--timings', 'say how long each phase took')
    .addHelpText(
      'after',
      `
Example:
  $ PORT=5000 LCR_POPULATION_PATIENTS=100 npx lcr start --timings

Ctrl-C stops everything. Its settings are environment variables: see docs/settings.md.`,
    )
    .action(async (options: { timings?: boolean }) => {
      const { launch } = await import('./start/launch.ts')
      process.exitCode = await launch({ withTimings: options.timings === true })
    })
}
