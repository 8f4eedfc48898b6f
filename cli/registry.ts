import type { Command } from 'commander'
import { DEFAULT_GATEWAY } from './registry/gateway-url.ts'

interface OfferOptions {
  readonly schema: string
  readonly url: string
  readonly gateway: string
  readonly json?: boolean
}

/** What a participant's publisher does: `lcr check`, `publish`, `rollback` and `history`. */
export function registerRegistry(program: Command): void {
  offerCommand(program, 'check', {
    description: "Make every check of a participant's subgraph; change nothing.",
    after: 'Nothing is published, and nothing is written down.',
  })
  offerCommand(program, 'publish', {
    description: "Publish a participant's subgraph into the graph, when every check passes.",
    after:
      'Every gateway answers with it within two seconds; none is restarted. What is refused changes nothing.',
  })
  registerRollback(program)
  registerHistory(program)
}

function offerCommand(
  program: Command,
  name: 'check' | 'publish',
  { description, after }: { readonly description: string; readonly after: string },
): void {
  registryCommand(program, name, description)
    .requiredOption('--schema <file>', 'the schema that the subgraph publishes, in GraphQL SDL')
    .requiredOption('--url <url>', 'where its GraphQL endpoint is, as the gateway reaches it')
    .option('--json', 'print the answer as JSON')
    .addHelpText(
      'after',
      `
${after}
Ends with 0 when every check passes, 1 when one does not, 2 when it could not be asked.

Example:
  $ export LCR_PUBLISHER_TOKEN=lcr_publish_…
  $ npx lcr ${name} thames --schema schema.graphql --url https://lcr.thames.example.nhs.uk/graphql`,
    )
    .action(async (participant: string, options: OfferOptions) => {
      const { runOffer } = await import('./registry/run-offer.ts')
      process.exitCode = await runOffer(name, { participant, ...options })
    })
}

function registerRollback(program: Command): void {
  registryCommand(
    program,
    'rollback',
    'Put an earlier publication of a participant in force again.',
  )
    .option(
      '--to <publication>',
      'its number, as lcr history tells it; the one before, if left out',
    )
    .addHelpText(
      'after',
      `
A participant that has published nothing before leaves the graph, or goes back to the schema that the
gateway brings along for it. What would not fit the others is refused.

Example:
  $ npx lcr rollback thames --to 12`,
    )
    .action(async (participant: string, options: { gateway: string; to?: string }) => {
      const { runRollback } = await import('./registry/run-rollback.ts')
      process.exitCode = await runRollback({ participant, ...options })
    })
}

function registerHistory(program: Command): void {
  registryCommand(program, 'history', 'Show what a participant published, and what became of it.')
    .option('--json', 'print it as JSON, with what every check said')
    .addHelpText('after', '\nExample:\n  $ npx lcr history thames')
    .action(async (participant: string, options: { gateway: string; json?: boolean }) => {
      const { runHistory } = await import('./registry/run-history.ts')
      process.exitCode = await runHistory({ participant, ...options })
    })
}

function registryCommand(program: Command, name: string, description: string): Command {
  return program
    .command(name)
    .argument('<participant>', "the participant's code, such as thames")
    .description(`${description} It takes a publisher's token in LCR_PUBLISHER_TOKEN.`)
    .option('--gateway <url>', 'a gateway', DEFAULT_GATEWAY)
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
}
