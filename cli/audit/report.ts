import type { Command } from 'commander'

/** `lcr audit report`: who looked at one patient's record, in words for the patient. */
export function registerReport(audit: Command): void {
  audit
    .command('report')
    .description("Say who looked at a patient's record, at what, when and why, in plain words.")
    .requiredOption(
      '--nhs-number <number>',
      'ten digits, with or without spaces, or - to read it from standard input',
    )
    .option('--from <day>', 'only from this day on: 2026-11-01, or a moment in ISO 8601')
    .option('--until <day>', 'only up to the end of this day, or before a moment in ISO 8601')
    .option('--format <format>', 'text, csv or html', 'text')
    .option('--out <file>', 'a new file, which only you may read; otherwise standard output')
    .option('--staff-names', 'name the members of staff')
    .option(
      '--database-url <url>',
      "PostgreSQL of the audit store, as the gateway's role; otherwise the settings' or the running system's own",
    )
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
    .addHelpText('after', HELP)
    .action(async (options: ReportOptions) => {
      const { runReport } = await import('./run-report.ts')
      process.exitCode = await runReport(options)
    })
}

/** What the command line says of a report. */
export interface ReportOptions {
  readonly nhsNumber: string
  readonly from?: string
  readonly until?: string
  readonly format: string
  readonly out?: string
  readonly staffNames?: boolean
  readonly databaseUrl?: string
}

const HELP = `
For whoever answers a patient's question who has seen their record. What stands on a command line stays in
the shell's history, and others on the machine can see it: give the NHS number by standard input.

A patient is told the role and the organisation of those who looked. A member of staff's name is personal
data of that person as well: give --staff-names where their organisation has decided that it is told.
Who looked also tells where a patient is treated: of a sensitive (S-flagged) patient make sure who asks.

Making a report is an access, and is written to the audit trail first, with the user of this machine; where
that cannot be done no report is made. So the command runs where a gateway's data folder is (LCR_DATA_DIR).
Numbers that the patient's number replaced are looked for as well, where the gateway's database tells them.
Days begin and end in London. Ends with 0 when the report was made, 2 when it was not.

Examples:
  $ npx lcr audit report --nhs-number - --from 2026-11-01 --until 2026-11-30
  $ npx lcr audit report --nhs-number - --format html --out report.html < number.txt`
