import type { Participant } from '../../subgraphs/kit/participant.ts'
import { refusalError } from '../errors.ts'
import type { Caller } from '../identity/caller.ts'

/** A member of staff who acts, as things are now: what a history keeps of them. */
export interface Staff {
  readonly userId: string
  readonly userName: string
  readonly roleCode: string
  readonly roleName: string
  readonly odsCode: string
  readonly organisationName: string
  readonly participant: Participant
}

/**
 * Whose staff the caller is.
 *
 * @throws ORGANISATION_NOT_A_PARTICIPANT
 */
export function staffOf(caller: Caller, participants: readonly Participant[]): Staff {
  for (const participant of participants) {
    const organisation = participant.organisations.find(({ odsCode }) => odsCode === caller.odsCode)
    if (!organisation) continue
    return {
      userId: caller.userId,
      userName: caller.name,
      roleCode: caller.role.code,
      roleName: caller.role.name,
      odsCode: organisation.odsCode,
      organisationName: organisation.name,
      participant,
    }
  }
  throw refusalError('ORGANISATION_NOT_A_PARTICIPANT')
}

/** The columns in which a history keeps who acted. */
export function staffColumns(staff: Staff) {
  return {
    user_id: staff.userId,
    user_name: staff.userName,
    role_code: staff.roleCode,
    role_name: staff.roleName,
    ods_code: staff.odsCode,
    organisation_name: staff.organisationName,
  }
}
