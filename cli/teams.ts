import type { Command } from 'commander'
import { DEFAULT_GATEWAY } from './registry/gateway-url.ts'

/** What front-end teams do: `lcr operations`, `usage` and `changelog`; and `lcr team`, which is the operator's. */
export function registerTeams(program: Command): void {
  registerTeam(program)
  registerOperations(program)
  registerUsage(program)
  registerChangelog(program)
}

function registerTeam(program: Command): void {
  program
    .command('team')
    .argument('<name>', "the front-end team's name: letters, digits and hyphens")
    .description("Make a token for a front-end team, or take the team's tokens away.")
    .option('--revoke', "take the team's tokens away; its operations stay registered")
    .option(
      '--database-url <url>',
      "PostgreSQL of the gateway; otherwise the settings' or the running system's own",
    )
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
    .addHelpText(
      'after',
      `
The token is printed once and kept nowhere. Who has it registers operations for that team, and sees who
uses what of the schema.

Example:
  $ npx lcr team ward-app`,
    )
    .action(async (name: string, options: { revoke?: boolean; databaseUrl?: string }) => {
      const { runTeam } = await import('./teams/run-team.ts')
      process.exitCode = await runTeam({ name, ...options })
    })
}

function registerOperations(program: Command): void {
  const operations = program
    .command('operations')
    .description('Register the operations of a front-end team, or list what is registered.')
  gatewayCommand(operations, 'register')
    .argument('<team>', "the team's name, as its token is for")
    .description("Register a team's operations; all of them, or none. It takes LCR_TEAM_TOKEN.")
    .requiredOption('--manifest <file>', "Apollo's or graphql-codegen's manifest of operations")
    .option('--replace', 'retire what the team registered before and the manifest does not name')
    .addHelpText(
      'after',
      `
Ends with 0 when all are registered, 1 when some are not valid, 2 when it could not be asked.

Example:
  $ export LCR_TEAM_TOKEN=lcr_team_…
  $ npx lcr operations register ward-app --manifest persisted-query-manifest.json`,
    )
    .action(async (team: string, options: RegisterOptions) => {
      const { runRegister } = await import('./teams/run-register.ts')
      process.exitCode = await runRegister({ team, ...options })
    })
  gatewayCommand(operations, 'list')
    .description('List the operations of all teams. It takes LCR_TEAM_TOKEN.')
    .option('--team <name>', 'of one team alone')
    .option('--json', 'print them as JSON')
    .addHelpText('after', '\nExample:\n  $ npx lcr operations list --team ward-app')
    .action(async (options: { gateway: string; team?: string; json?: boolean }) => {
      const { runList } = await import('./teams/run-list.ts')
      process.exitCode = await runList(options)
    })
}

interface RegisterOptions {
  readonly gateway: string
  readonly manifest: string
  readonly replace?: boolean
}

function registerUsage(program: Command): void {
  gatewayCommand(program, 'usage')
    .argument('<element>', 'Type, Type.field or "Type.field(argument:)"')
    .description(
      'Show which operations ask for something of the schema: those registered, and those used in the last 30 days. It takes LCR_TEAM_TOKEN, or LCR_PUBLISHER_TOKEN.',
    )
    .option('--json', 'print them as JSON')
    .addHelpText('after', '\nExample:\n  $ npx lcr usage Patient.allergies')
    .action(async (of: string, options: { gateway: string; json?: boolean }) => {
      const { runUsage } = await import('./teams/run-usage.ts')
      process.exitCode = await runUsage({ of, ...options })
    })
}

function registerChangelog(program: Command): void {
  gatewayCommand(program, 'changelog')
    .description('Show what changed for clients with each supergraph, the last one first.')
    .option('--json', 'print it as JSON')
    .addHelpText('after', '\nExample:\n  $ npx lcr changelog --gateway https://lcr.example.nhs.uk')
    .action(async (options: { gateway: string; json?: boolean }) => {
      const { runChangelog } = await import('./teams/run-changelog.ts')
      process.exitCode = await runChangelog(options)
    })
}

function gatewayCommand(program: Command, name: string): Command {
  return program
    .command(name)
    .option('--gateway <url>', 'a gateway', DEFAULT_GATEWAY)
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
}
