import type { Command } from 'commander'

/** `npm run schema`: writes what the participant publishes. */
export function registerKitSchema(program: Command): void {
  program
    .command('schema')
    .description('Write the schema that is published, the extension included.')
    .option('--output <file>', 'where to; - for standard output', 'schema.graphql')
    .addHelpText('after', '\nExample:\n  $ npm run schema -- --output -')
    .action(async ({ output }: { output: string }) => {
      const { writeSchema } = await import('./write-schema.ts')
      process.exitCode = await writeSchema(output)
    })
}
