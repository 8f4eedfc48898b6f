import { type Element, elements, isElement } from '../elements.ts'
import { saysEnteredInError } from '../entered-in-error.ts'
import type { MappingContext } from '../mapping.ts'
import type { FhirReference, FhirResource } from '../resource.ts'
import { modifiers } from './modifiers.ts'

const UNKNOWN_HERE: ReadonlySet<string> = new Set(
  Object.entries(modifiers).flatMap(([name, { treatment }]) =>
    treatment === 'NOT_UNDERSTOOD' ? [name] : [],
  ),
)

/** A resource is asked about once for everything that refers to it. */
const known = new WeakMap<object, boolean>()

/**
 * False for a resource that holds, at any depth and in what it contains, something that changes its
 * meaning in a way that nobody here knows: FHIR R4 forbids to process it.
 */
export function isUnderstood(resource: Element): boolean {
  const before = known.get(resource)
  if (before !== undefined) return before
  const found = !holdsUnknown(resource)
  known.set(resource, found)
  return found
}

/** The same, what an entry is about included: a prescription's medicine stands in another resource. */
export function isUnderstoodWhole(resource: FhirResource, context: MappingContext): boolean {
  if (!isUnderstood(resource)) return false
  return subjectsOf(resource).every((pointer) => {
    const found = context.resolve(pointer as FhirReference)
    if (!isElement(found)) return true
    return isUnderstood(found) && !(found['resourceType'] === 'Medication' && isRetracted(found))
  })
}

/** True for a resource that its source says was recorded by mistake. */
export function isRetracted(resource: Element): boolean {
  const { status, verificationStatus, lifecycleStatus } = resource
  return [status, verificationStatus, lifecycleStatus].some(saysEnteredInError)
}

/** The references that say what an entry is about. */
function subjectsOf(resource: FhirResource): Element[] {
  const activities = elements(resource['activity']).map((activity) => activity['reference'])
  const single = [resource['medicationReference'], resource['codeReference']]
  return [...single, ...activities, ...elements(resource['goal'])].filter(isElement)
}

/** Deeper nesting than any resource has is not looked into, and so not understood. */
const MAX_DEPTH = 64

function holdsUnknown(source: unknown, depth = 0): boolean {
  if (typeof source !== 'object' || source === null) return false
  if (depth > MAX_DEPTH) return true
  return Object.entries(source).some(
    ([name, value]) => (UNKNOWN_HERE.has(name) && isThere(value)) || holdsUnknown(value, depth + 1),
  )
}

function isThere(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0
  return value !== null && value !== undefined && value !== ''
}
