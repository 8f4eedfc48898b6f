import { contentsOf } from '../../fhir/contained.ts'
import { isClinical } from '../../fhir/map-resource.ts'
import type { FhirResource } from '../../fhir/resource.ts'
import type { RefusalReason } from '../report.ts'
import { isAboutPatient, type PatientFinding } from '../resolve/patient-of.ts'

/** What a resource contains that cannot be taken in with it. */
export interface Stray {
  /** `contained[2]` */
  readonly place: string
  readonly resourceType: string
  readonly reason: Extract<RefusalReason, 'CONTAINED_ELSEWHERE' | 'CONTAINED_CONSENT'>
}

/**
 * Finds what a resource contains that must not be shown, or would not be seen, as the patient's: what is about
 * somebody else, or about nobody who is known; and a Consent, since objections are looked for among resources.
 */
export function straysIn(
  resource: FhirResource,
  finding: PatientFinding & { readonly nhsNumber: string | null },
): (Stray & { readonly resource: FhirResource })[] {
  return contentsOf(resource).flatMap((one, index) => {
    const { resourceType } = one
    const reason = reasonAgainst(one, resource, finding)
    return reason === null
      ? []
      : [{ place: `contained[${index}]`, resourceType, reason, resource: one }]
  })
}

function reasonAgainst(
  one: FhirResource,
  container: FhirResource,
  finding: PatientFinding & { readonly nhsNumber: string | null },
): Stray['reason'] | null {
  if (one.resourceType === 'Consent') return 'CONTAINED_CONSENT'
  if (!isClinical(one.resourceType)) return null
  const isOwn = finding.nhsNumber !== null && isAboutPatient(one, container, finding)
  return isOwn ? null : 'CONTAINED_ELSEWHERE'
}
