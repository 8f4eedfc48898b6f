import type { Participant } from '../../subgraphs/kit/participant.ts'
import type { RequestContext } from '../context.ts'
import type { ErrorCode } from '../errors.ts'
import type { Caller } from '../identity/caller.ts'
import { decideViewing } from './viewing.ts'

/** What anybody may ask, without a token: it tells nothing. */
const FOR_ANYBODY = new Set(['__typename'])

/** What everybody with a genuine token may ask: themselves, the schema, and who takes part. */
const FOR_ANY_CALLER = new Set(['__typename', '__schema', '__type', 'me', 'participants'])

/** Whether a request may go on, and for whom. */
export type RequestDecision =
  | { readonly permitted: true; readonly caller: Caller | null }
  | { readonly permitted: false; readonly code: ErrorCode }

/**
 * Decides on an operation by its root fields, before anything of it is looked up: question 1 for
 * every operation, questions 2 and 3 for whatever is not known to be harmless.
 */
export function decideRequest(
  identity: RequestContext['identity'],
  rootFields: readonly string[],
  participants: readonly Participant[],
): RequestDecision {
  if (!('caller' in identity)) {
    const isHarmless = rootFields.every((field) => FOR_ANYBODY.has(field))
    return isHarmless
      ? { permitted: true, caller: null }
      : { permitted: false, code: 'UNAUTHENTICATED' }
  }
  const { caller } = identity
  if (rootFields.every((field) => FOR_ANY_CALLER.has(field))) return { permitted: true, caller }
  const viewing = decideViewing(caller, participants)
  return viewing.permitted ? { permitted: true, caller } : viewing
}
