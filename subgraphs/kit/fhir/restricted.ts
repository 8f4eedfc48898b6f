import { element, elements, text } from './elements.ts'
import type { FhirResource } from './resource.ts'

const SENSITIVE_SUBJECTS = new Set(['STD', 'HIV', 'SEX', 'GENDER'])
const CONFIDENTIAL = new Set(['R', 'V'])

/**
 * True for a resource labelled as never shared: HL7 v3-ActCode STD, HIV, SEX or GENDER, or
 * v3-Confidentiality R or V. A label without a system counts, since hiding too much is the safe error.
 */
export function isRestricted(resource: FhirResource): boolean {
  return hasLabel(resource, /v3[-/]ActCode$/, SENSITIVE_SUBJECTS) || isConfidential(resource)
}

/** True for a resource labelled v3-Confidentiality R (restricted) or V (very restricted). */
export function isConfidential(resource: FhirResource): boolean {
  return hasLabel(resource, /v3[-/]Confidentiality$/, CONFIDENTIAL)
}

function hasLabel(resource: FhirResource, system: RegExp, codes: ReadonlySet<string>): boolean {
  return elements(element(resource['meta'])['security']).some((label) => {
    const labelSystem = text(label['system'])
    const code = text(label['code'])?.trim().toUpperCase() ?? ''
    return codes.has(code) && (labelSystem === null || system.test(labelSystem.trim()))
  })
}
