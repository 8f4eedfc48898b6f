import { type Command, InvalidArgumentError, Option } from 'commander'
import type { ConformanceCommand } from '../../cli/conformance.ts'

/** `npm run conformance`: tests the folder's own subgraph against the contract. */
export function registerKitConformance(program: Command): void {
  program
    .command('conformance')
    .description("Test this folder's subgraph against the contract.")
    .option('--patient <number>', 'of whom it holds a record; again for more', addNumber, [])
    .option('--excluded <number>', 'of whom it knows only what may never be shared', readNumber)
    .option('--only <group...>', 'some groups or tests alone, such as paging or feed.walk')
    .option('--deadline-ms <ms>', 'how long the gateway waits', readMs, 2000)
    .addOption(
      new Option('--format <format>', 'how the report is written')
        .choices(['text', 'json', 'junit'])
        .default('text'),
    )
    .option('--output <file>', 'where the report is written; otherwise standard output')
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

/** Says nothing of what was given: terminals are recorded. */
function readNumber(text: string): string {
  const digits = text.replaceAll(/\s/g, '')
  if (/^\d{10}$/.test(digits)) return digits
  throw new InvalidArgumentError('It takes an NHS number, ten digits.')
}

function addNumber(text: string, before: readonly string[]): string[] {
  return [...before, readNumber(text)]
}

function readMs(text: string): number {
  const ms = Number(text)
  if (Number.isInteger(ms) && ms >= 1 && ms <= 60_000) return ms
  throw new InvalidArgumentError('It takes a whole number of milliseconds, 1 to 60000.')
}
