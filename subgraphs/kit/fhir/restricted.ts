import { isLabel, labelsIn } from '../exclusions/labels.ts'
import { element } from './elements.ts'
import type { FhirResource } from './resource.ts'

const CONFIDENTIAL = new Set(['R', 'V'])

/**
 * True for a resource labelled v3-Confidentiality R (restricted) or V (very restricted): of a Patient
 * the S-flag, in whatever way the label is written.
 */
export function isConfidential(resource: FhirResource): boolean {
  return labelsIn(element(resource['meta'])['security']).some((label) =>
    isLabel(label, 'CONFIDENTIALITY', (code) => CONFIDENTIAL.has(code)),
  )
}
