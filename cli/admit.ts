import type { Command } from 'commander'

/** `lcr admit` and `lcr publisher`: what the gateway's operator does before somebody can publish. */
export function registerAdmit(program: Command): void {
  program
    .command('admit')
    .argument('<file>', "the participant's description, participant.json")
    .description('Admit a participant from outside, or take over its new description.')
    .option('--database-url <url>', DATABASE)
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
    .addHelpText(
      'after',
      `
Who is admitted may publish; they take part from their first publication on. A new description of
somebody who takes part counts from their next publication on.

Example:
  $ npx lcr admit thames/participant.json
  $ npx lcr publisher thames --origin https://lcr.thames.example.nhs.uk`,
    )
    .action(async (file: string, options: { databaseUrl?: string }) => {
      const { runAdmit } = await import('./registry/run-admit.ts')
      process.exitCode = await runAdmit(file, options.databaseUrl)
    })
  program
    .command('publisher')
    .argument('<participant>', "the participant's code, such as thames")
    .description("Make a publisher's token for one participant, or take tokens away.")
    .option('--origin <origin...>', 'where its subgraph may be: https://host:port')
    .option('--name <name>', 'whose token it is, as history tells it', 'publisher')
    .option('--revoke', 'take the tokens of that name away; with no --name all of them')
    .option('--database-url <url>', DATABASE)
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
    .addHelpText(
      'after',
      `
The token is printed once and kept nowhere. Who has it can send the gateway to any subgraph at these
origins, and nowhere else.

Example:
  $ npx lcr publisher thames --origin https://lcr.thames.example.nhs.uk --name "Thames pipeline"`,
    )
    .action(async (participant: string, options: PublisherOptions, command: Command) => {
      const { runPublisher } = await import('./registry/run-publisher.ts')
      const isNamed = command.getOptionValueSource('name') === 'cli'
      process.exitCode = await runPublisher({ participant, isNamed, ...options })
    })
}

interface PublisherOptions {
  readonly origin?: readonly string[]
  readonly name: string
  readonly revoke?: boolean
  readonly databaseUrl?: string
}

const DATABASE = "PostgreSQL of the gateway; otherwise the settings' or the running system's own"
