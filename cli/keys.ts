import type { Command } from 'commander'

/** `lcr keys`: the keys of a data folder, before anything needs them. */
export function registerKeys(program: Command): void {
  program
    .command('keys')
    .description(
      "Make the data folder's keys, unless they are there, and say where the public ones are.",
    )
    .addHelpText(
      'after',
      `
Example:
  $ LCR_DATA_DIR=/data npx lcr keys

The gateway makes them by itself; containers of subgraphs need the public ones before it.`,
    )
    .action(async () => {
      const { readConfig } = await import('../gateway/config.ts')
      const { ensureKeys } = await import('./start/keys.ts')
      const { gateway, issuer } = await ensureKeys(readConfig(process.env).dataDir)
      console.log(`${gateway.jwksFile}\n${issuer.jwksFile}`)
    })
}
