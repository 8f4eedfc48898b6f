import type { Participant } from '../../../subgraphs/kit/participant.ts'
import type { ParticipantDescription } from '../../../subgraphs/kit/participant-description.ts'
import type { Publication } from '../checks/publication.ts'
import { findAdmitted } from '../store/admitted.ts'
import type { Publisher } from '../store/publishers.ts'
import type { Version, VersionMember } from '../version.ts'
import type { Offer, PublishingParts } from './parts.ts'
import { PublishingError } from './publishing-error.ts'

/**
 * A publisher's participant as a member with that subgraph.
 *
 * @throws {PublishingError} NOT_ADMITTED
 */
export async function memberOf(
  { db, builtIn }: PublishingParts,
  { participant: code }: Publisher,
  { sdl, url, publication }: Offer & { readonly publication: string | null },
): Promise<VersionMember> {
  const own = builtIn.members.find(({ participant }) => participant.code === code)
  const participant = own?.participant ?? (await findAdmitted(db)).get(code)
  if (!participant) throw new PublishingError('NOT_ADMITTED')
  return { participant, sdl, url, publication, isBuiltIn: own !== undefined }
}

/** All members but a publisher's own participant. */
export function othersOf(version: Version, { participant: code }: Publisher): VersionMember[] {
  return version.members.filter(({ participant }) => participant.code !== code)
}

/** A member as a thread can be given it: without the functions of an extension. */
export function asData({ participant, sdl, url }: VersionMember): Publication {
  const { extension: _, ...description }: Participant = participant
  return { participant: description satisfies ParticipantDescription, sdl, url }
}
