import type { Participant } from '../../subgraphs/kit/participant.ts'
import type { ErrorCode } from '../errors.ts'
import type { Caller } from '../identity/caller.ts'
import { roleGroupOf } from './roles.ts'
import { sections, sectionsOf } from './sections.ts'

/** A permission with the participant whose staff the caller is, or a refusal with its code. */
export type ViewingDecision =
  | { readonly permitted: true; readonly participant: Participant }
  | { readonly permitted: false; readonly code: ErrorCode }

/**
 * Whether a caller may view patient records at all: questions 2 and 3. Only doctors and nurses of
 * participants that may view are let in; everything else is refused, the first refusal ends it.
 */
export function decideViewing(
  caller: Caller,
  participants: readonly Participant[],
): ViewingDecision {
  const group = roleGroupOf(caller.role.code)
  const seesAll = group !== null && sectionsOf[group].length === sections.length
  if (!seesAll) return refuse('ROLE_NOT_PERMITTED')
  const participant = participants.find(({ organisations }) =>
    organisations.some(({ odsCode }) => odsCode === caller.odsCode),
  )
  if (!participant) return refuse('ORGANISATION_NOT_A_PARTICIPANT')
  if (participant.participation === 'CONTRIBUTE_ONLY') return refuse('VIEWING_NOT_PERMITTED')
  return { permitted: true, participant }
}

function refuse(code: ErrorCode): ViewingDecision {
  return { permitted: false, code }
}
