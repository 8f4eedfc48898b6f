import type { Command } from 'commander'

/** `npm run load`: takes FHIR R4 data into the participant's own store. */
export function registerKitLoad(program: Command): void {
  program
    .command('load')
    .description(
      'Load FHIR R4 into the record: Bundles (transaction, batch, collection, searchset), single resources, NDJSON.',
    )
    .argument(
      '<source>',
      'a file, a folder with all folders in it (.json, .ndjson, .jsonl, also .gz), or - for standard input',
    )
    .option(
      '--source <name or base URL>',
      'the system whose data it is, for resources whose fullUrl does not name their server',
    )
    .option('--json', 'print the report as JSON')
    // 1 would say that something was refused.
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
    .addHelpText(
      'after',
      `
The subgraph may run or not. Loading the same data again changes nothing. A refused entry stops nothing else.
Where two systems use one id, SAME_ID refuses what cannot be told apart: load each with a --source of its own.
Ends with 0 when nothing was refused, 1 when something was, 2 when the command cannot be carried out.

Example:
  $ npm run load examples/`,
    )
    .action(async (source: string, options: { source?: string; json?: boolean }) => {
      const { loadIntoOwnStore } = await import('./load-into-own-store.ts')
      process.exitCode = await loadIntoOwnStore(source, options)
    })
}
