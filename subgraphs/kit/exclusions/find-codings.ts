import { type ExclusionLists, isExcludingLabel, isMember } from './exclusion-lists.ts'
import { labelsIn } from './labels.ts'

type Json = Readonly<Record<string, unknown>>

/** Where a FHIR resource or an entry of the contract names a service: there `360` means one. */
const SERVICES: ReadonlySet<string> = new Set([
  'serviceType',
  'serviceTypes',
  'serviceCategory',
  'specialty',
  'specialties',
  'performerType',
  'practiceSetting',
  'setting',
])

/** The types whose `type` is the sort of service. */
const TYPED_SERVICES: ReadonlySet<unknown> = new Set([
  'Encounter',
  'EpisodeOfCare',
  'HealthcareService',
  'Location',
  'Organization',
])

/**
 * True for a resource that is never shared for what it says itself: a coding anywhere in it, contained
 * resources and extensions included, or a label. Words are not searched. A Patient never is: a label
 * on one is about the address.
 */
export function isExcludedItself(resource: Json, lists: ExclusionLists): boolean {
  if (resource['resourceType'] === 'Patient') return false
  return hasLabel(resource, lists) || hasMember(resource, lists)
}

/** True when a member stands in any coding at any depth. */
export function hasMember(value: unknown, lists: ExclusionLists, namesService = false): boolean {
  if (typeof value !== 'object' || value === null) return false
  if (Array.isArray(value)) {
    for (const one of value) if (hasMember(one, lists, namesService)) return true
    return false
  }
  const object = value as Json
  const { code, valueCode } = object
  if (isCode(code) && isMember(lists, object, namesService)) return true
  if (isCode(valueCode) && isMember(lists, { code: valueCode }, namesService)) return true
  for (const key in object) {
    const part = object[key]
    if (typeof part !== 'object' || part === null) continue
    if (hasMember(part, lists, namesService || isService(object, key))) return true
  }
  return false
}

function isCode(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number'
}

function isService(object: Json, key: string): boolean {
  return SERVICES.has(key) || (key === 'type' && TYPED_SERVICES.has(object['resourceType']))
}

/** A label in `meta.security`, a document's `securityLabel` or `confidentiality`, or on something contained. */
function hasLabel(resource: Json, lists: ExclusionLists): boolean {
  const { meta, securityLabel, confidentiality, contained } = resource
  // Of a Composition it is a code alone.
  const said = [isObject(meta) ? meta['security'] : null, securityLabel, { code: confidentiality }]
  if (labelsIn(said).some((label) => isExcludingLabel(lists, label))) return true
  const inside = Array.isArray(contained) ? contained : [contained]
  return inside.some(
    (one: unknown) => isObject(one) && one['resourceType'] !== 'Patient' && hasLabel(one, lists),
  )
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
