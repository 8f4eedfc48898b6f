import type { Command } from 'commander'
import { registerExport } from './audit/export.ts'
import { registerPrepare } from './audit/prepare.ts'
import { registerReport } from './audit/report.ts'
import { registerVerify } from './audit/verify.ts'

/** `lcr audit`: what is done with the audit trail outside the graph. */
export function registerAudit(program: Command): void {
  const audit = program
    .command('audit')
    .description(
      'The audit trail: who looked at what, and whether anybody changed the record of it.',
    )
    .addHelpText('after', '\nExample:\n  $ npx lcr audit verify')
  registerVerify(audit)
  registerExport(audit)
  registerPrepare(audit)
  registerReport(audit)
}
