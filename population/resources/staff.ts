import type { Organisation } from '../../subgraphs/kit/participant.ts'
import { ODS, type Resource } from '../fhir.ts'
import { nameStocks } from '../people/names.ts'
import { profileOf } from '../profiles.ts'
import { hashOf, randomFrom, uuidOf } from '../random.ts'

const RECORDED = '2024-04-01T00:00:00Z'

/** So many members of staff are known by name in every organisation. */
export const STAFF = 4

const made = new Map<string, Resource>()

/** The organisation as the participant's directory holds it: the same in every bundle. */
export function organizationResource(participant: string, organisation: Organisation): Resource {
  return once(`${participant} ${organisation.odsCode}`, (id) => ({
    resourceType: 'Organization',
    id,
    meta: metaOf('Organization', organisation),
    identifier: [{ system: ODS, value: organisation.odsCode }],
    active: true,
    name: organisation.name,
  }))
}

/** One of the organisation's staff, `n` from 0 to 3: the same in every bundle. */
export function practitionerResource(
  participant: string,
  organisation: Organisation,
  n: number,
): Resource {
  return once(`${participant} ${organisation.odsCode} ${n}`, (id) => {
    const name = nameOf(organisation, n)
    return {
      resourceType: 'Practitioner',
      id,
      meta: metaOf('Practitioner', organisation),
      identifier: [{ system: 'https://fhir.nhs.uk/Id/sds-user-id', value: userIdOf(id) }],
      active: true,
      name: [{ use: 'official', ...name }],
    }
  })
}

/** That member of staff as people are named in a letter. */
export function staffName(organisation: Organisation, n: number): string {
  const { prefix, given, family } = nameOf(organisation, n)
  return [...prefix, ...given, family].join(' ')
}

function nameOf(organisation: Organisation, n: number) {
  const random = randomFrom(`staff ${organisation.odsCode} ${n}`)
  const stock = random.pick(nameStocks)
  const isSocialCare = organisation.kind === 'SOCIAL_CARE'
  const prefix = isSocialCare || n === 3 ? 'Ms' : 'Dr'
  const given = random.pick(prefix === 'Dr' && random.chance(0.5) ? stock.male : stock.female)
  return { family: random.pick(stock.family), given: [given], prefix: [prefix] }
}

/** Twelve digits, as Spine user ids have. */
function userIdOf(id: string): string {
  return `555${String(hashOf(id) % 1_000_000_000).padStart(9, '0')}`
}

function metaOf(resourceType: string, organisation: Organisation) {
  return {
    versionId: '1',
    lastUpdated: RECORDED,
    profile: [profileOf(resourceType, {})],
    tag: [{ system: ODS, code: organisation.odsCode, display: organisation.name }],
  }
}

function once(key: string, make: (id: string) => Resource): Resource {
  const known = made.get(key)
  if (known !== undefined) return known
  const resource = make(uuidOf(`directory ${key}`))
  made.set(key, resource)
  return resource
}
