import { type ExclusionLists, isExcludingLabel, isMember } from './exclusion-lists.ts'

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

/** A label in `meta.security`, a document's `securityLabel`, or on something contained. */
function hasLabel(resource: Json, lists: ExclusionLists): boolean {
  const { meta, securityLabel, contained } = resource
  if (isLabelled((meta as Json | undefined)?.['security'], lists)) return true
  if (securityLabel !== undefined) {
    const concepts = Array.isArray(securityLabel) ? securityLabel : [securityLabel]
    if (concepts.some((one) => isLabelled((one as Json | null)?.['coding'], lists))) return true
  }
  if (!Array.isArray(contained)) return false
  return contained.some(
    (one: unknown) => isObject(one) && one['resourceType'] !== 'Patient' && hasLabel(one, lists),
  )
}

function isLabelled(labels: unknown, lists: ExclusionLists): boolean {
  if (!Array.isArray(labels)) return false
  return labels.some((label: unknown) => isObject(label) && isExcludingLabel(lists, label))
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
