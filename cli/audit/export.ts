import type { Command } from 'commander'

/** `lcr audit export`: the trail for other systems. */
export function registerExport(audit: Command): void {
  audit
    .command('export')
    .description('Write access events as FHIR R4 AuditEvents, one a line (NDJSON), oldest first.')
    .option('--after <cursor>', 'go on behind the event with which an earlier run ended')
    .option('--until <time>', 'end before this day begins in London, or this moment: 2026-11-30')
    .option('--cursor-file <file>', 'read the cursor from a file, and keep it there')
    .option(
      '--out <file>',
      'a new file, or with --cursor-file one to add to; otherwise standard output',
    )
    .option(
      '--database-url <url>',
      "PostgreSQL of the audit store, as the gateway's role; otherwise the settings' or the running system's own",
    )
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
    .addHelpText('after', HELP)
    .action(async (options: ExportOptions) => {
      const { runExport } = await import('./run-export.ts')
      process.exitCode = await runExport(options)
    })
}

/** What the command line says of an export. */
export interface ExportOptions {
  readonly after?: string
  readonly until?: string
  readonly cursorFile?: string
  readonly out?: string
  readonly databaseUrl?: string
}

const HELP = `
Each event is written once: when its outcome is known, or five minutes after it was recorded where none
came. Run it as often as you like; the last line on standard error is the cursor to go on from. What is
written holds NHS numbers and names of staff. docs/audit-export.md says what stands where.

An export is an access to the trail and is written down there first, so the command runs where a
gateway's data folder is (LCR_DATA_DIR). Where nothing is new but earlier exports, nothing is written.
Ends with 0 when all that is settled was written, 2 when it was not.

Examples:
  $ npx lcr audit export --cursor-file audit.cursor --out audit.ndjson
  $ npx lcr audit export --after 1042.77310 | gzip > audit.ndjson.gz`
