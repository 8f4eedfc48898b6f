import { demographicsFields, fieldsHiddenFromSome } from '../../../gateway/access/sections.ts'
import type { AssertionScope } from '../assertion/claims.ts'
import type { Participant } from '../participant.ts'
import { isContributor, participantTypeName, recordTypeName } from '../schema/participant-sdl.ts'
import { allow, rule, type ShieldRule, type TypeRules, untouched } from '../shield.ts'
import type { SubgraphContext } from './context.ts'
import { maySeePart, maySeeWithin, type Part, partOf } from './reader-rules.ts'

/**
 * What the gateway's assertion opens: a record to an assertion for that very patient, and of the
 * record what the asserted role may see; who the participant is to any assertion about care; the feed
 * to the index. The rules of entities stand twice, at the door (`_entities`) and at every field of
 * the types, so that no other way in is open.
 *
 * @param recordFields the fields of its record type, additions included
 */
export function permissionsOf(
  participant: Participant,
  recordFields: readonly string[],
): Record<string, TypeRules> {
  const { code } = participant
  const recordType = isContributor(participant) ? recordTypeName(code) : null
  const participantType = participantTypeName(code)

  const mayResolveEntities = rule<SubgraphContext>(
    'mayResolveEntities',
    (_parent, { representations }, { claims }) =>
      Array.isArray(representations) &&
      representations.every((reference) => {
        const type = (reference as { __typename?: unknown } | null)?.__typename
        if (type === recordType) {
          return isAbout(reference, claims.patient?.nhs_number) && maySeePart(claims, 'identity')
        }
        return type === participantType && claims.requested_scope !== 'feed.read'
      }),
  )
  return {
    Query: {
      _service: allow,
      _entities: mayResolveEntities,
      [`${code}Feed`]: hasScope('feed.read'),
    },
    [participantType]: hasScope('participant.read', 'patient/*.read'),
    Demographics: demographicsRules(),
    ...(recordType
      ? {
          [recordType]: rulesOf(recordFields, (field) => mayReadPart(partOf(field, participant))),
          ...rulesWithinSections(),
        }
      : {}),
  }
}

function hasScope(...scopes: AssertionScope[]): ShieldRule {
  return rule<SubgraphContext>(`hasScope ${scopes.join(' or ')}`, (_parent, _args, { claims }) =>
    scopes.includes(claims.requested_scope),
  )
}

function mayReadPart(part: Part): ShieldRule {
  return rule<SubgraphContext>(
    `mayRead ${part}`,
    (parent, args, { claims }) =>
      isAbout(parent, claims.patient?.nhs_number) && maySeePart(claims, part, args),
  )
}

/** Demographics stand in the feed as well as in a record. */
function demographicsRules(): TypeRules {
  const parts = Object.entries(demographicsFields).map(([field, part]) => [
    field,
    rule<SubgraphContext>(
      `mayRead ${field}`,
      (_parent, _args, { claims }) =>
        claims.requested_scope === 'feed.read' || maySeePart(claims, part),
    ),
  ])
  return { ...Object.fromEntries(parts), '*': untouched }
}

/** Only the fields that some role does not see: the others are read from an entry's JSON as before. */
function rulesWithinSections(): Record<string, TypeRules> {
  return Object.fromEntries(
    [...fieldsHiddenFromSome()].map(([type, fields]) => [
      type,
      { ...rulesOf(fields, (field) => mayReadWithin(type, field)), '*': untouched },
    ]),
  )
}

function mayReadWithin(type: string, field: string): ShieldRule {
  return rule<SubgraphContext>(`mayRead ${field} of ${type}`, (_parent, _args, { claims }) =>
    maySeeWithin(claims, type, field),
  )
}

function rulesOf(fields: Iterable<string>, ruleOf: (field: string) => ShieldRule) {
  return Object.fromEntries([...fields].map((field) => [field, ruleOf(field)]))
}

function isAbout(record: unknown, nhsNumber: string | undefined): boolean {
  return (
    nhsNumber !== undefined && (record as { nhsNumber?: unknown } | null)?.nhsNumber === nhsNumber
  )
}
