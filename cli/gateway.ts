import { type Command, Option } from 'commander'

/** `lcr gateway`: the gateway, alone. */
export function registerGateway(program: Command): void {
  program
    .command('gateway')
    .description('Run the gateway, in front of subgraphs that run elsewhere.')
    .addOption(new Option('--launched', 'started by lcr start').hideHelp())
    .addHelpText(
      'after',
      `
Example:
  $ DATABASE_URL=postgres://gateway:secret@db.example:5432/gateway \\
    NEL_URL=https://nel.example/graphql npx lcr gateway

Its settings are environment variables: see docs/settings.md.

Told to stop (SIGTERM, Ctrl-C) it says that it is not ready, goes on answering for LCR_DRAIN_MS,
lets the answers under way leave, and ends. Told a second time it ends at once.`,
    )
    .action(async (options: { launched?: boolean }, command: Command) => {
      const { runGateway } = await import('./start/run-gateway.ts')
      const problem = await runGateway(options)
      if (problem !== undefined) command.error(problem, { exitCode: 1 })
    })
}
