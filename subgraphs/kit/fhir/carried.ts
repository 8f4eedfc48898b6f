import { carriedStatus } from './carried-status.ts'
import { contentsOf } from './contained.ts'
import { element, list } from './elements.ts'
import type { FhirResource } from './resource.ts'
import { isImagingReport } from './sections/imaging-reports.ts'

/**
 * What a resource contains, as resources of their own: nobody else would make entries of them. Each has
 * what its container says for both of them: labels and tags, the encounter, and a status that is as strict.
 */
export function carriedBy(container: FhirResource): FhirResource[] {
  return contentsOf(container).map((one) => ({
    ...(container['encounter'] !== undefined && { encounter: container['encounter'] }),
    ...(one.resourceType === 'Observation' &&
      isLaboratoryReport(container) && { category: [LABORATORY] }),
    ...one,
    ...carriedStatus(one, container),
    meta: metaOf(container, one),
  }))
}

/** What a laboratory's report contains is the laboratory's, unless it says otherwise. */
const LABORATORY = { coding: [{ code: 'laboratory' }] }

function isLaboratoryReport(container: FhirResource): boolean {
  return container.resourceType === 'DiagnosticReport' && !isImagingReport(container)
}

/** Labels add up: neither takes the other's restriction away. */
function metaOf(container: FhirResource, one: FhirResource): object {
  const [outer, inner] = [element(container['meta']), element(one['meta'])]
  return { ...outer, ...inner, security: [...list(outer['security']), ...list(inner['security'])] }
}
