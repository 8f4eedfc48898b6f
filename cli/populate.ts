import { type Command, Option } from 'commander'

/** `lcr populate`: the invented patients, into databases that stand already. */
export function registerPopulate(program: Command): void {
  program
    .command('populate')
    .description(
      "Load the invented patients into the participants' databases, unless they are there.",
    )
    .addOption(new Option('--launched', 'started by lcr start').hideHelp())
    .addHelpText(
      'after',
      `
Example:
  $ LCR_POPULATION_PATIENTS=100 NEL_DATABASE_URL=postgres://nel:secret@db.example:5432/nel … \\
    npx lcr populate

It reads every <CODE>_DATABASE_URL: see docs/settings.md. lcr start does this by itself.`,
    )
    .action(async (options: { launched?: boolean }, command: Command) => {
      const { runPopulate } = await import('./start/run-populate.ts')
      const problem = await runPopulate(options)
      if (problem !== undefined) command.error(problem, { exitCode: 1 })
    })
}
