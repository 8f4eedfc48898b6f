import type { GovernanceContext } from '../context.ts'
import type { GovernanceParts } from '../parts.ts'
import { findClaimEvent } from './claim-event.ts'
import { type AlertsArguments, readAlert, readAlerts } from './read-alerts.ts'
import { type AlertStep, takeAlertStep } from './take-step.ts'
import type { PrivacyAlert } from './to-alert.ts'

type Context = GovernanceContext
type OneAlert = { readonly reference: string }

/** Resolvers of privacy alerts. Which roles may ask is decided before, in `access/`. */
export function alertResolvers(parts: GovernanceParts) {
  return {
    queries: {
      privacyAlerts: (_root: unknown, given: AlertsArguments, context: Context) =>
        readAlerts(parts, given, context),
      privacyAlert: (_root: unknown, given: OneAlert, context: Context) =>
        readAlert(parts, given, context),
    },
    mutations: {
      closePrivacyAlert: (_root: unknown, given: Omit<AlertStep, 'to'>, context: Context) =>
        takeAlertStep(parts, { ...given, to: 'CLOSED' }, context),
      escalatePrivacyAlert: (
        _root: unknown,
        given: Pick<AlertStep, 'reference' | 'note'>,
        context: Context,
      ) => takeAlertStep(parts, { ...given, attendanceConfirmed: null, to: 'ESCALATED' }, context),
    },
    types: {
      PrivacyAlert: {
        event: (alert: PrivacyAlert) => alert.event ?? findClaimEvent(parts.audit, alert),
      },
    },
  }
}
