import type { Located } from '../subgraphs/index/locate.ts'
import type { AssertionScope } from '../subgraphs/kit/assertion/claims.ts'
import type { RequestContext } from './context.ts'
import type { SignAssertion } from './federation/assertion.ts'
import type { CallContext, Representation } from './federation/types.ts'
import type { Caller } from './identity/caller.ts'

/**
 * What one request lends to its calls: its deadline, and for every call an assertion of its own, for
 * that participant and, when it is about a patient, for that one NHS number.
 */
export function callContext(options: {
  readonly caller: Caller
  readonly request: RequestContext
  readonly deadlineMs: number
  readonly sign: SignAssertion
  readonly local: unknown
  readonly patients: readonly Located[]
}): CallContext {
  const { caller, request, sign, patients } = options
  return {
    signal: AbortSignal.any([AbortSignal.timeout(options.deadlineMs), request.signal]),
    local: options.local,
    groupOf: nhsNumberOf,
    async headers({ source, representations }) {
      const nhsNumber = nhsNumberOf(representations[0] ?? {})
      const scope: AssertionScope = nhsNumber === '' ? 'participant.read' : 'patient/*.read'
      const assertion = await sign(source, {
        sub: caller.userId,
        requested_scope: scope,
        ...(nhsNumber !== '' && {
          patient: { nhs_number: nhsNumber, is_sensitive: isSensitive(nhsNumber, patients) },
        }),
        requesting_organization: { ods_code: caller.odsCode },
        requesting_practitioner: {
          sds_user_id: caller.userId,
          sds_role_profile_id: caller.role.profileId,
          role_code: caller.role.code,
        },
        purpose: caller.purpose,
        request_id: request.requestId,
      })
      return { authorization: `Bearer ${assertion}`, 'x-request-id': request.requestId }
    },
  }
}

/** Whether any source has S-flagged the patient whom a holder knows by that number. */
function isSensitive(nhsNumber: string, patients: readonly Located[]): boolean {
  const known = patients.filter(({ holders }) =>
    holders.some((holder) => holder.nhsNumber === nhsNumber),
  )
  return known.length === 0 || known.some(({ patient }) => patient.isSensitive)
}

/** The patient whom an entity is about; empty for what is about none. */
function nhsNumberOf(representation: Representation): string {
  const { nhsNumber } = representation as { nhsNumber?: unknown }
  return typeof nhsNumber === 'string' ? nhsNumber : ''
}
