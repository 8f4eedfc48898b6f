import { type Command, InvalidArgumentError, Option } from 'commander'

/** The options of a run, whosever subgraph is tested. */
export function addRunOptions(command: Command): Command {
  return command
    .option(
      '--patient <number>',
      'an NHS number of which it holds a record; again for more patients',
      parsePatient,
      [],
    )
    .option(
      '--excluded <number>',
      'an NHS number of which it knows only what may never be shared',
      parseNumber,
    )
    .option('--only <group...>', 'some groups or tests alone, such as paging or feed.walk')
    .option('--deadline-ms <ms>', 'how long the gateway waits', parseMs, 2000)
    .addOption(
      new Option('--format <format>', 'how the report is written')
        .choices(['text', 'json', 'junit'])
        .default('text'),
    )
    .option('--output <file>', 'where the report is written; otherwise standard output')
}

/** Says nothing of what was given: terminals are recorded. */
function parseNumber(text: string): string {
  const digits = text.replaceAll(/\s/g, '')
  if (/^\d{10}$/.test(digits)) return digits
  throw new InvalidArgumentError('It takes an NHS number, ten digits.')
}

function parsePatient(text: string, before: readonly string[]): string[] {
  return [...before, parseNumber(text)]
}

function parseMs(text: string): number {
  const ms = Number(text)
  if (Number.isInteger(ms) && ms >= 1 && ms <= 60_000) return ms
  throw new InvalidArgumentError('It takes a whole number of milliseconds, 1 to 60000.')
}
