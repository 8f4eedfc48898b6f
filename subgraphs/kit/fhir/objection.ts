import { concept, hasCode } from './concept.ts'
import { element, elements, text, texts } from './elements.ts'
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
 * FHIR does not know counts as under review, so that the record stays closed until somebody looks. So
 * does the whole record where only a part is objected to: the graph cannot keep to a part. Its status
 * alone ends an objection; a period does not. One about privacy that is not understood may be an
 * objection, whatever it permits: it counts as under review too.
 */
export function objectionOf(resource: FhirResource): ObjectionState | null {
  if (resource.resourceType !== 'Consent') return null
  const status = text(resource['status']) ?? ''
  if (!isUnderstood(resource)) {
    return isAboutPrivacy(resource) && status !== 'entered-in-error' ? 'UNDER_REVIEW' : null
  }
  if (!isAboutSharing(resource)) return null
  return Object.hasOwn(byStatus, status) ? (byStatus[status] ?? null) : 'UNDER_REVIEW'
}

/** The state of a patient with several objections: the one that closes the record most; null of none. */
export function strongestOf(states: readonly (ObjectionState | null)[]): ObjectionState | null {
  return objectionStates.find((state) => states.includes(state)) ?? null
}

const SCOPE = 'http://terminology.hl7.org/CodeSystem/consentscope'
const ACT_CODE = 'http://terminology.hl7.org/CodeSystem/v3-ActCode'

/** HL7 v3-ActReason: what a record is looked at for in direct care. */
const DIRECT_CARE = new Set(['TREAT', 'ETREAT', 'COC', 'BTG', 'CAREMGT'])

function isAboutSharing(consent: FhirResource): boolean {
  const { type, purpose } = element(consent['provision'])
  const isOptOut = hasCode(concept(consent['policyRule']), ACT_CODE, new Set(['OPTOUT']))
  const denies = type === 'deny' || (type === undefined && isOptOut)
  return isAboutPrivacy(consent) && denies && isForDirectCare(purpose)
}

function isAboutPrivacy(consent: FhirResource): boolean {
  return hasCode(concept(consent['scope']), SCOPE, new Set(['patient-privacy']))
}

/** A refusal of research or planning alone is kept by those who do either: the national data opt-out. */
function isForDirectCare(purpose: unknown): boolean {
  const codes = texts(elements(purpose).map((coding) => coding['code']))
  return codes.length === 0 || codes.some((code) => DIRECT_CARE.has(code))
}
