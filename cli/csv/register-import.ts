import type { Command } from 'commander'
import type { ImportCommand } from './run-import.ts'

/** How a command that takes over a participant's file is told of. */
export interface ImportTexts {
  /** The command, such as `staff`. */
  readonly name: string
  readonly description: string
  /** An invocation without `npx`. */
  readonly example: string
  readonly importing: string
  /** The participant argument's description. */
  readonly participant: string
  /** The columns, what is done with wrong lines, how it ends, and an example. */
  readonly help: string
}

/** `lcr <name> import <participant> <file>`; what it does is read when it is run. */
export function registerImport(
  program: Command,
  texts: ImportTexts,
  read: () => Promise<{ readonly importCommand: ImportCommand }>,
): void {
  program
    .command(texts.name)
    .description(texts.description)
    .addHelpText('after', `\nExample:\n  $ npx ${texts.example}`)
    .command('import')
    .description(texts.importing)
    .argument('<participant>', texts.participant)
    .argument('<file>', 'a CSV file in UTF-8, or - for standard input')
    .option(
      '--database-url <url>',
      "PostgreSQL of the gateway; otherwise the settings' or the running system's own",
    )
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
    .addHelpText('after', texts.help)
    .action(async (participant: string, file: string, options: { databaseUrl?: string }) => {
      const { runImport } = await import('./run-import.ts')
      const { importCommand } = await read()
      const request = { participant, file, databaseUrl: options.databaseUrl }
      process.exitCode = await runImport(importCommand, request)
    })
}
