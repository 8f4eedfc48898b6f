import type { Command } from 'commander'

/** `lcr audit prepare`: makes a PostgreSQL database the audit store. */
export function registerPrepare(audit: Command): void {
  audit
    .command('prepare')
    .description(
      "Make a PostgreSQL database the audit store, and let the gateway's role add to it.",
    )
    .requiredOption('--owner-url <url>', 'the database, as the role that owns it or is to own it')
    .requiredOption(
      '--writer <role>',
      "the gateway's role, which may then add entries and read them",
    )
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
    .addHelpText('after', HELP)
    .action(async (options: { ownerUrl: string; writer: string }) => {
      const { runPrepare } = await import('./run-prepare.ts')
      process.exitCode = await runPrepare(options)
    })
}

const HELP = `
Run it once, and again after every update: it changes what is new and nothing else. The gateway's role
must be another one than the owner, and no superuser: whoever can change the trail must not write it.
Ends with 0 when the store is ready, 2 when the command cannot be carried out.

Example:
  $ psql -c 'create role audit_owner login' -c 'create role gateway login' \\
         -c 'create database audit owner audit_owner'
  $ npx lcr audit prepare --owner-url postgres://audit_owner@db.example/audit --writer gateway
  $ LCR_AUDIT_DATABASE_URL=postgres://gateway@db.example/audit npx lcr gateway`
