import type { Command } from 'commander'

/** `lcr audit verify`: whether the trail is as it was written. */
export function registerVerify(audit: Command): void {
  audit
    .command('verify')
    .description('Walk the whole trail and name every place where it was changed.')
    .option(
      '--database-url <url>',
      "PostgreSQL of the audit store; otherwise the settings' or the running system's own",
    )
    .option(
      '--anchors <folder...>',
      "folders of the chains' anchors, of every host that gateways run on; otherwise audit/ of the data folder",
    )
    .option('--keys <file>', "the gateway's public keys, a JWKS; otherwise the settings' own")
    .option('--json', 'print the findings as JSON')
    // 1 would say that the trail is broken.
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
    .addHelpText('after', HELP)
    .action(async (options: VerifyOptions) => {
      const { runVerify } = await import('./run-verify.ts')
      process.exitCode = await runVerify(options)
    })
}

/** What the command line says of a verification. */
export interface VerifyOptions {
  readonly databaseUrl?: string
  readonly anchors?: readonly string[]
  readonly keys?: string
  readonly json?: boolean
}

const HELP = `
Every hash and every link of every chain is computed anew, every signature checked, and the end of each
chain compared with its anchor: the file in which its gateway keeps, beside the database, where the chain
stood. Gateways may go on writing meanwhile. Of each broken chain the first break is named; of the
content of entries, nothing.

Keep copies of the anchors and of the keys where nobody who can change the database can change them.

Ends with 0 when the trail is untouched, 1 when it is broken, 2 when the command cannot be carried out.

Examples:
  $ npx lcr audit verify
  $ npx lcr audit verify --database-url postgres://auditor@db.example/audit \\
      --anchors host-1/audit host-2/audit --keys gateway.jwks.json`
