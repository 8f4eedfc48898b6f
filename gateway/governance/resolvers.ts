import { auditQueries } from '../audit/audit-resolvers.ts'
import { refusalError } from '../errors.ts'
import { alertResolvers } from './alerts/alerts-resolvers.ts'
import { readId, readNhsNumber } from './arguments.ts'
import type { GovernanceContext } from './context.ts'
import { type ClaimArguments, claimEmergencyAccess } from './emergency/claim-emergency-access.ts'
import { endEmergencyAccess } from './emergency/end-emergency-access.ts'
import { type DecisionArguments, decideObjection } from './objections/decide-objection.ts'
import { findObjections } from './objections/objections.ts'
import { type RecordArguments, recordObjection } from './objections/record-objection.ts'
import { takeStep } from './objections/take-step.ts'
import type { GovernanceParts } from './parts.ts'
import { staffOf } from './staff.ts'

type Context = GovernanceContext

/**
 * Resolvers of governance. Which role may ask for which field is decided before them, by the
 * permissions of `access/`; here everything else is.
 */
export function governanceResolvers(parts: GovernanceParts) {
  const alerts = alertResolvers(parts)
  return {
    Query: {
      ...auditQueries(parts),
      ...alerts.queries,
      async objections(_root: unknown, given: { readonly nhsNumber: string }, context: Context) {
        const participant = staffOf(context.caller, parts.participants).participant.code
        const number = readNhsNumber(given.nhsNumber)
        const nhsNumbers = [number, ...(await context.linkedNumbers(number))]
        return findObjections(parts.db, { participant, nhsNumbers })
      },
      async objection(_root: unknown, given: { readonly id: string }, { caller }: Context) {
        const participant = staffOf(caller, parts.participants).participant.code
        const id = readId(given.id)
        const [objection] = id === null ? [] : await findObjections(parts.db, { participant, id })
        if (!objection) throw refusalError('OBJECTION_NOT_FOUND')
        return objection
      },
    },
    ...alerts.types,
    Mutation: {
      ...alerts.mutations,
      claimEmergencyAccess: (_root: unknown, given: ClaimArguments, context: Context) =>
        claimEmergencyAccess(parts, given, context),
      endEmergencyAccess: (_root: unknown, given: { readonly claimId: string }, context: Context) =>
        endEmergencyAccess(parts, given, context),
      recordObjection: (_root: unknown, given: RecordArguments, context: Context) =>
        recordObjection(parts, given, context),
      takeObjectionUnderReview: (_root: unknown, given: OneObjection, context: Context) =>
        step(given, 'UNDER_REVIEW', context),
      decideObjection: (_root: unknown, given: DecisionArguments, context: Context) =>
        decideObjection(parts, given, context),
      withdrawObjection: (_root: unknown, given: OneObjection, context: Context) =>
        step(given, 'WITHDRAWN', context),
    },
  }

  function step({ objectionId }: OneObjection, to: 'UNDER_REVIEW' | 'WITHDRAWN', context: Context) {
    const staff = staffOf(context.caller, parts.participants)
    return takeStep(parts, { objectionId, to }, { staff, requestId: context.requestId })
  }
}

type OneObjection = { readonly objectionId: string }
