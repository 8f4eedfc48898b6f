import { element, elements, text } from './elements.ts'
import type { FhirResource } from './resource.ts'

const CONFIDENTIAL = new Set(['R', 'V'])

/**
 * True for a resource labelled v3-Confidentiality R (restricted) or V (very restricted): of a Patient
 * the S-flag. A label without a system counts, since hiding too much is the safe error.
 */
export function isConfidential(resource: FhirResource): boolean {
  return elements(element(resource['meta'])['security']).some((label) => {
    const system = text(label['system'])
    const code = text(label['code'])?.trim().toUpperCase() ?? ''
    const isOfScale = system === null || /v3[-/]Confidentiality$/.test(system.trim())
    return isOfScale && CONFIDENTIAL.has(code)
  })
}
