import type { Command } from 'commander'

/** `lcr load`: takes FHIR R4 data into a participant's store. */
export function registerLoad(program: Command): void {
  program
    .command('load')
    .description(
      "Load FHIR R4 into a participant's record: Bundles (transaction, batch, collection, searchset), single resources, NDJSON.",
    )
    .argument('<participant>', 'code of the participant, such as nel')
    .argument(
      '<source>',
      'a file, a folder with all folders in it (.json, .ndjson, .jsonl, also .gz), or - for standard input',
    )
    .option(
      '--database-url <url>',
      "PostgreSQL of the participant; otherwise the settings' or the running system's own",
    )
    .option(
      '--source <name or base URL>',
      'the system whose data it is, for resources whose fullUrl does not name their server; give each system a name of its own and keep to it',
    )
    .option('--json', 'print the report as JSON')
    // 1 would say that something was refused.
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
    .addHelpText(
      'after',
      `
A participant that only views brings its relationships so: Patient, Encounter, ServiceRequest, Appointment,
EpisodeOfCare and whom they refer to; everything else is counted as unsupported, and no record is told.
What of its relationships is not for the participant to tell is counted: docs/access.md.
Loading the same data again changes nothing. A refused entry stops nothing else.
A load is seen when all of it is in. Until then, and for ever after an interruption (Ctrl-C ends with 130) or a failure,
everything is as it was before: run the same command again. A first load of very much data can be cut by patients, into several
commands, each of which is seen when it ends.
A resource is known by its server and its id: the server of its fullUrl, else of --source, else the sender of a
message or document. Where two systems use one id and nothing names them, SAME_ID refuses both, and whatever was
stored before stays: load each system again with a --source of its own.
What stands in other resources, as contained, makes entries of its own and is counted in a table of its own.
Ends with 0 when nothing was refused, 1 when something was, 2 when the command cannot be carried out, 3 when nothing was
refused but something that may say something of patients is of a type that is not mapped: the report names it.

Examples:
  $ npx lcr load nel bundles/
  $ gunzip -c export.ndjson.gz | npx lcr load mkuh -
  $ npx lcr load nel laboratory/ --source royal-oak-lab`,
    )
    .action(
      async (
        participant: string,
        source: string,
        options: { databaseUrl?: string; source?: string; json?: boolean },
      ) => {
        const { runLoad } = await import('./load/run-load.ts')
        process.exitCode = await runLoad({
          participant,
          source,
          databaseUrl: options.databaseUrl,
          server: options.source,
          isJson: options.json === true,
        })
      },
    )
}
