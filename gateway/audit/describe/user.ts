import type { Participant } from '../../../subgraphs/kit/participant.ts'
import type { Caller } from '../../identity/caller.ts'
import type { AuditedUser } from '../entries.ts'

/** A caller as the trail keeps them: with the names of their organisation as they are now. */
export function auditedUser(caller: Caller, participants: readonly Participant[]): AuditedUser {
  const isOwn = ({ odsCode }: { readonly odsCode: string }) => odsCode === caller.odsCode
  const participant = participants.find(({ organisations }) => organisations.some(isOwn))
  return {
    userId: caller.userId,
    name: caller.name,
    roleCode: caller.role.code,
    roleName: caller.role.name,
    roleProfileId: caller.role.profileId,
    assuranceLevel: caller.assuranceLevel,
    odsCode: caller.odsCode,
    organisationName: participant?.organisations.find(isOwn)?.name ?? null,
    participant: participant?.code ?? null,
  }
}
