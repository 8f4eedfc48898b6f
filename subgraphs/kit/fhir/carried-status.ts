import { element, elements } from './elements.ts'
import { cleanWord, ENTERED_IN_ERROR, saysEnteredInError } from './entered-in-error.ts'
import type { FhirResource } from './resource.ts'

/** True for a resource that says of itself that it was recorded by mistake. */
export function isEnteredInError(resource: FhirResource): boolean {
  const { status, docStatus, verificationStatus } = resource
  const codings = elements(element(verificationStatus)['coding']).map(({ code }) => code)
  return [status, docStatus, ...codings].some(saysEnteredInError)
}

/** The elements of a contained resource's status where its container's is stricter than its own. */
export function carriedStatus(one: FhirResource, container: FhirResource): object {
  if (isEnteredInError(container)) {
    return HAS_VERIFICATION.has(one.resourceType)
      ? { verificationStatus: { coding: [{ code: ENTERED_IN_ERROR }] } }
      : { status: ENTERED_IN_ERROR }
  }
  const ladder = LADDERS.find(
    ({ types }) => types.has(one.resourceType) && types.has(container.resourceType),
  )
  if (ladder === undefined) return {}
  const strict = cleanWord(container['status']) ?? ''
  const rank = ladder.strictFirst.indexOf(strict)
  const own = ladder.strictFirst.indexOf(cleanWord(one['status']) ?? '')
  return rank < 0 || (own >= 0 && own <= rank)
    ? {}
    : { status: (one.resourceType === 'MedicationRequest' && MEDICATION[strict]) || strict }
}

const HAS_VERIFICATION = new Set(['AllergyIntolerance', 'Condition'])

/** Types whose statuses are of one sort, and their words that say less than "it holds", the strictest first. */
const LADDERS: readonly {
  readonly types: ReadonlySet<string>
  readonly strictFirst: readonly string[]
}[] = [
  {
    types: new Set(['DiagnosticReport', 'ImagingStudy', 'Observation']),
    strictFirst: [ENTERED_IN_ERROR, 'cancelled', 'unknown', 'registered', 'partial', 'preliminary'],
  },
  {
    types: new Set(['CarePlan', 'DeviceRequest', 'MedicationRequest', 'ServiceRequest']),
    strictFirst: [ENTERED_IN_ERROR, 'revoked', 'cancelled', 'stopped', 'draft', 'on-hold'],
  },
]

/** A request-status as MedicationRequest has it. */
const MEDICATION: Readonly<Record<string, string>> = { revoked: 'cancelled' }
