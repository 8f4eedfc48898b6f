import { type Command, Option } from 'commander'
import { addRunOptions } from './conformance/run-options.ts'

/** `lcr conformance`: tests a running subgraph against the contract. */
export function registerConformance(program: Command): void {
  const command = program
    .command('conformance')
    .description('Test a running subgraph, in whatever language, against the contract.')
    .argument('<url>', 'where its GraphQL endpoint is')
  addParticipantOptions(command)
  addRunOptions(command)
    // 1 would say that the subgraph does not conform.
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
    .addHelpText('after', HELP)
    .action(async (url: string, options: ConformanceCommand) => {
      const { runConformanceCommand } = await import('./conformance/run-conformance-command.ts')
      process.exitCode = await runConformanceCommand(url, options)
    })
}

function addParticipantOptions(command: Command): Command {
  return command
    .option('--participant <code>', 'the participant, by its code')
    .option('--name <name>', 'its name; the code when left out')
    .addOption(
      new Option('--participation <word>', 'what it takes part in: FULL when left out').choices([
        'FULL',
        'VIEW_ONLY',
        'CONTRIBUTE_ONLY',
      ]),
    )
    .addOption(
      new Option('--kind <word>', 'what it is: TRUST when left out').choices([
        'REGIONAL_HIE',
        'TRUST',
      ]),
    )
    .option('--description <file>', 'its participant.json, instead of the four options above')
    .option(
      '--key <file>',
      "a private key as JWK whose public half it trusts; otherwise the data folder's own",
    )
}

/** What the command line says of a run. */
export interface ConformanceCommand {
  readonly participant?: string
  readonly name?: string
  readonly participation?: 'FULL' | 'VIEW_ONLY' | 'CONTRIBUTE_ONLY'
  readonly kind?: 'REGIONAL_HIE' | 'TRUST'
  readonly description?: string
  readonly patient: readonly string[]
  readonly excluded?: string
  readonly key?: string
  readonly only?: readonly string[]
  readonly deadlineMs: number
  readonly format: 'text' | 'json' | 'junit'
  readonly output?: string
}

const HELP = `
The run signs assertions as the gateway does and asks for the records of the patients given, which should be
made-up ones. It writes nothing, and names patients in no report: they are "patient 1", "patient 2". What each
test demands is told in docs/conformance.md and docs/subgraph-protocol.md.

Ends with 0 when nothing failed, 1 when a test failed, 2 when the run cannot be carried out.

Examples:
  $ npx lcr conformance http://localhost:4101/graphql --participant nel --patient 9990000018
  $ npx lcr conformance https://records.example.nhs.uk/graphql --description participant.json \\
      --key test.private.jwk --patient 9990000018 --patient 9990000220 --excluded 9990000026 \\
      --format junit --output conformance.xml`
