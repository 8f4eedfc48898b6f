import type { Command } from 'commander'

/** `lcr staff`: which members of staff are patients. */
export function registerStaff(program: Command): void {
  program
    .command('staff')
    .description('Members of staff who are patients, for alerts about their own records.')
    .addHelpText('after', '\nExample:\n  $ npx lcr staff import sel staff.csv')
    .command('import')
    .description("Take over a participant's list of staff who are patients.")
    .argument('<participant>', 'code of the participant whose list it is, such as sel')
    .argument('<file>', 'a CSV file in UTF-8, or - for standard input')
    .option(
      '--database-url <url>',
      "PostgreSQL of the gateway; otherwise the settings' or the running system's own",
    )
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
    .addHelpText('after', HELP)
    .action(async (participant: string, file: string, options: { databaseUrl?: string }) => {
      const { runImport } = await import('./csv/run-import.ts')
      const { importCommand } = await import('./staff/import-file.ts')
      const request = { participant, file, databaseUrl: options.databaseUrl }
      process.exitCode = await runImport(importCommand, request)
    })
}

const HELP = `
The first line names the columns, in any order:

  user_id     the person's national user id
  nhs_number  their own, ten digits, with or without spaces
  ods_code    where they work: one of the participant's organisations; a line for each

The list takes the place of the one that was imported for the participant before, at once and as a
whole. Every wrong line is named, by its number and column, and left out; a file without a right line
changes nothing. The list is read by the rules for privacy alerts alone: nobody sees it in the graph.
Ends with 0 when nothing was refused, 1 when something was, 2 when the command cannot be carried out.

Example:
  $ cat staff.csv
  user_id,nhs_number,ods_code
  555000000201,999 000 0069,RJZ
  555000000202,9990000077,RJ1
  $ npx lcr staff import sel staff.csv`
