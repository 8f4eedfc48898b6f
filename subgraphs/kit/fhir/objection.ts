import { codesIn, denialIn } from './consent-rules.ts'
import { elements, text } from './elements.ts'
import { isUnderstood } from './modifiers/understood.ts'
import type { FhirResource } from './resource.ts'

/** Where an objection to sharing stands, the one that closes the record first. */
export const objectionStates = [
  'UPHELD',
  'UNDER_REVIEW',
  'RECEIVED',
  'NOT_UPHELD',
  'WITHDRAWN',
] as const

export type ObjectionState = (typeof objectionStates)[number]

const byStatus: Readonly<Record<string, ObjectionState | null>> = {
  draft: 'RECEIVED',
  proposed: 'UNDER_REVIEW',
  active: 'UPHELD',
  rejected: 'NOT_UPHELD',
  inactive: 'WITHDRAWN',
  'entered-in-error': null,
}

/**
 * The state of the objection to sharing that a FHIR R4 Consent is; null for a resource that is none:
 * a consent that permits, or is about treatment, research or anything but privacy. A status that
 * FHIR does not know counts as under review, so that the record stays closed until somebody looks, and
 * so does one in force of which it is unclear what it denies or what it is about. So
 * does the whole record where only a part is objected to: the graph cannot keep to a part. Its status
 * alone ends an objection; a period does not. One about privacy that is not understood may be an
 * objection, whatever it permits: it counts as under review too.
 */
export function objectionOf(resource: FhirResource): ObjectionState | null {
  if (resource.resourceType !== 'Consent') return null
  const about = subjectOf(resource)
  if (about === 'OTHER') return null
  const status = text(resource['status']) ?? ''
  if (!isUnderstood(resource)) return status === 'entered-in-error' ? null : 'UNDER_REVIEW'
  const denial = denialIn(resource)
  if (denial === null) return null
  const state = Object.hasOwn(byStatus, status) ? (byStatus[status] ?? null) : 'UNDER_REVIEW'
  const isUnclear = about === 'UNCLEAR' || denial === 'UNCLEAR'
  return isUnclear && state === 'UPHELD' ? 'UNDER_REVIEW' : state
}

/** The state of a patient with several objections: the one that closes the record most; null of none. */
export function strongestOf(states: readonly (ObjectionState | null)[]): ObjectionState | null {
  return objectionStates.find((state) => states.includes(state)) ?? null
}

/** HL7 consentscope: what a Consent may be about instead. */
const OTHER_SCOPES = new Set(['adr', 'research', 'treatment'])

/** HL7 consentcategorycodes, and LOINC: the same, where the scope does not say. */
const OTHER_CATEGORIES = new Set([
  'acd',
  'dnr',
  'hcd',
  'polst',
  'research',
  'rsdid',
  'rsreid',
  '42348-3',
  '75781-5',
])

/** What a Consent is about; UNCLEAR where neither its scope nor its category says. */
function subjectOf(consent: FhirResource): 'PRIVACY' | 'OTHER' | 'UNCLEAR' {
  const scopes = codesIn(consent['scope'])
  if (scopes.includes('patient-privacy')) return 'PRIVACY'
  if (areAll(scopes, OTHER_SCOPES)) return 'OTHER'
  const categories = elements(consent['category']).flatMap(codesIn)
  return areAll(categories, OTHER_CATEGORIES) ? 'OTHER' : 'UNCLEAR'
}

function areAll(codes: readonly string[], known: ReadonlySet<string>): boolean {
  return codes.length > 0 && codes.every((code) => known.has(code))
}
