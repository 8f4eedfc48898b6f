import type { GovernanceContext } from '../governance/context.ts'
import type { GovernanceParts } from '../governance/parts.ts'
import { type AccessEventsArguments, accessEvents } from './reading/access-events.ts'
import { type AccessReportArguments, accessReport } from './reading/access-report.ts'

type Context = GovernanceContext

/** Resolvers of what shows the audit trail. Which roles may ask is decided before, in `access/`. */
export function auditQueries(parts: GovernanceParts) {
  return {
    accessEvents: (_root: unknown, given: AccessEventsArguments, context: Context) =>
      accessEvents(parts, given, context),
    accessReport: (_root: unknown, given: AccessReportArguments, context: Context) =>
      accessReport(parts, given, context),
  }
}
