import type { AssertionClaims, AssertionScope } from '../subgraphs/kit/assertion/claims.ts'
import type { RequestContext } from './context.ts'
import type { SignAssertion } from './federation/assertion.ts'
import type { CallContext, Representation } from './federation/types.ts'
import type { Caller } from './identity/caller.ts'
import type { OpenPatient } from './patients.ts'
import { identityOf } from './quarantine/known-identity.ts'
import { participantOf } from './record/model.ts'
import { recordKey } from './record/record-key.ts'

/**
 * What one request lends to its calls: its end, and for every call an assertion of its own, for
 * that participant and, when it is about a patient, for that one NHS number.
 */
export function callContext(options: {
  readonly caller: Caller
  readonly request: RequestContext
  /** By `performance.now()`. */
  readonly deadlineAt: number
  /** Resolves once the request is in the audit trail. */
  readonly committed: Promise<void>
  readonly sign: SignAssertion
  readonly local: unknown
  readonly patients: readonly OpenPatient[]
}): CallContext {
  const { caller, request, sign, patients } = options
  return {
    signal: request.signal,
    deadlineAt: options.deadlineAt,
    permitted: options.committed,
    local: options.local,
    groupOf: recordKey,
    requestId: request.requestId,
    identityOf(representation) {
      const [open] = openUnder(nhsNumberOf(representation), patients)
      return open && identityOf(open.located)
    },
    isKnown(representation) {
      const participant = participantOf(String(representation['__typename']))
      return openUnder(nhsNumberOf(representation), patients).some(({ located }) =>
        located.holders.some(
          (holder) =>
            holder.participant === participant &&
            recordKey(holder) === recordKey(representation) &&
            holder.asOf !== null,
        ),
      )
    },
    headers({ source, representations }) {
      const nhsNumber = nhsNumberOf(representations[0] ?? {})
      const scope: AssertionScope = nhsNumber === '' ? 'participant.read' : 'patient/*.read'
      const assertion = sign(source, {
        sub: caller.userId,
        requested_scope: scope,
        ...(nhsNumber !== '' && aboutPatient(nhsNumber, patients)),
        requesting_organization: { ods_code: caller.odsCode },
        requesting_practitioner: {
          sds_user_id: caller.userId,
          sds_role_profile_id: caller.role.profileId,
          role_code: caller.role.code,
          activity_codes: caller.activityCodes,
        },
        purpose: caller.purpose,
        request_id: request.requestId,
      })
      return { authorization: `Bearer ${assertion}`, 'x-request-id': request.requestId }
    },
  }
}

/**
 * The claims about the patient whom a holder knows by that number: whether any source has S-flagged
 * them, and why the caller may ask. A number that was not decided on gets no relationship, and so no
 * answer.
 */
function aboutPatient(
  nhsNumber: string,
  patients: readonly OpenPatient[],
): Pick<AssertionClaims, 'patient' | 'relationship'> {
  const known = openUnder(nhsNumber, patients)
  const isSensitive = known.length === 0 || known.some(({ located }) => located.patient.isSensitive)
  const [open] = known
  return {
    patient: { nhs_number: nhsNumber, is_sensitive: isSensitive },
    ...(open && { relationship: { kind: open.grounds.kind } }),
  }
}

/** The patients whom a holder knows by that number. */
function openUnder(nhsNumber: string, patients: readonly OpenPatient[]): OpenPatient[] {
  return patients.filter(({ located }) =>
    located.holders.some((holder) => holder.nhsNumber === nhsNumber),
  )
}

/** The patient whom an entity is about; empty for what is about none. */
function nhsNumberOf(representation: Representation): string {
  const { nhsNumber } = representation as { nhsNumber?: unknown }
  return typeof nhsNumber === 'string' ? nhsNumber : ''
}
