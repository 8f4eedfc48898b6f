import type { Participant } from '../../subgraphs/kit/participant.ts'
import type { RequestContext } from '../context.ts'
import type { ErrorCode } from '../errors.ts'
import type { Caller } from '../identity/caller.ts'
import { purposeOf } from './purpose.ts'
import { type RoleGroup, roleGroupOf } from './roles.ts'
import { FOR_ANY_CALLER, FOR_ANYBODY, VIEWING } from './root-fields.ts'

/** A caller who may go on. */
export interface Admitted {
  /** With the purpose of this request. */
  readonly caller: Caller
  readonly group: RoleGroup | null
}

/** Whether a request may go on, and for whom: nobody (null) may ask what tells nothing. */
export type RequestDecision =
  | { readonly permitted: true; readonly admitted: Admitted | null }
  | { readonly permitted: false; readonly code: ErrorCode }

/**
 * Decides on an operation by its root fields, before anything of it is looked up: question 1 for
 * every operation, questions 2 to 4 for whatever is not known to be harmless. What of it a role may
 * see, question 5, is the rehearsal's.
 */
export function decideRequest(
  { identity, requestedPurpose }: Pick<RequestContext, 'identity' | 'requestedPurpose'>,
  rootFields: readonly string[],
  participants: readonly Participant[],
): RequestDecision {
  if (!('caller' in identity)) {
    const isHarmless = rootFields.every((field) => FOR_ANYBODY.has(field))
    return isHarmless ? { permitted: true, admitted: null } : refuse('UNAUTHENTICATED')
  }
  const { caller } = identity
  const group = roleGroupOf(caller.role.code)
  if (rootFields.every((field) => FOR_ANY_CALLER.has(field))) {
    return { permitted: true, admitted: { caller, group } }
  }
  if (group === null) return refuse('ROLE_NOT_PERMITTED')
  const participant = participants.find(({ organisations }) =>
    organisations.some(({ odsCode }) => odsCode === caller.odsCode),
  )
  if (!participant) return refuse('ORGANISATION_NOT_A_PARTICIPANT')
  const views = rootFields.some((field) => VIEWING.has(field))
  if (views && participant.participation === 'CONTRIBUTE_ONLY') {
    return refuse('VIEWING_NOT_PERMITTED')
  }
  const purpose = purposeOf(caller.purposes, requestedPurpose)
  if (purpose === null) return refuse('PURPOSE_NOT_PERMITTED')
  return { permitted: true, admitted: { caller: { ...caller, purpose }, group } }
}

function refuse(code: ErrorCode): RequestDecision {
  return { permitted: false, code }
}
