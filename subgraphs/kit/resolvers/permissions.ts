import type { AssertionScope } from '../assertion/claims.ts'
import type { Participant } from '../participant.ts'
import { isContributor, participantTypeName, recordTypeName } from '../schema/participant-sdl.ts'
import { allow, rule, type TypeRules } from '../shield.ts'
import type { SubgraphContext } from './context.ts'

/**
 * What the gateway's assertion opens: a record to an assertion for that very patient, who the
 * participant is to any assertion about care, the feed to the index. The rules of entities stand
 * twice, at the door (`_entities`) and at every field of the types, so that no other way in is open.
 */
export function permissionsOf(participant: Participant): Record<string, TypeRules> {
  const { code } = participant
  const recordType = isContributor(participant) ? recordTypeName(code) : null
  const participantType = participantTypeName(code)

  const isFeedReader = hasScope('feed.read')
  const mayReadParticipant = hasScope('participant.read', 'patient/*.read')

  const isThePatient = rule<SubgraphContext>('isThePatient', (parent, _args, { claims }) =>
    isAbout(parent, claims.patient?.nhs_number),
  )
  const mayResolveEntities = rule<SubgraphContext>(
    'mayResolveEntities',
    (_parent, { representations }, { claims }) =>
      Array.isArray(representations) &&
      representations.every((reference) => {
        const type = (reference as { __typename?: unknown } | null)?.__typename
        if (type === recordType) return isAbout(reference, claims.patient?.nhs_number)
        return type === participantType && claims.requested_scope !== 'feed.read'
      }),
  )
  return {
    Query: {
      _service: allow,
      _entities: mayResolveEntities,
      [`${code}Feed`]: isFeedReader,
    },
    [participantType]: mayReadParticipant,
    ...(recordType ? { [recordType]: isThePatient } : {}),
  }
}

function hasScope(...scopes: AssertionScope[]) {
  return rule<SubgraphContext>(`hasScope ${scopes.join(' or ')}`, (_parent, _args, { claims }) =>
    scopes.includes(claims.requested_scope),
  )
}

function isAbout(record: unknown, nhsNumber: string | undefined): boolean {
  return (
    nhsNumber !== undefined && (record as { nhsNumber?: unknown } | null)?.nhsNumber === nhsNumber
  )
}
