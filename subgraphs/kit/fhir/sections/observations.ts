import { careItem } from '../care-item.ts'
import { concept, conceptKey, concepts } from '../concept.ts'
import type { MappedItem, MappingContext, SectionMapping } from '../mapping.ts'
import { references } from '../reference.ts'
import type { FhirResource } from '../resource.ts'
import { RESULT_STATUS } from '../result-status.ts'
import { components, referenceRanges, resultKey, resultValue } from '../result-value.ts'
import { statusOf } from '../status-words.ts'
import { choiceStart, dateTime, firstTime, minuteOf } from '../time.ts'
import { isLegalStatus } from './mental-health.ts'
import { isLaboratoryResult } from './test-results.ts'

/**
 * Every Observation that is neither a laboratory's nor a legal status, so that none is lost. Ordered
 * by when it was observed, else by when it was made available.
 */
export const observations: SectionMapping = {
  section: 'observations',
  resourceTypes: ['Observation'],
  accepts: (resource) =>
    resource.resourceType === 'Observation' &&
    !isLaboratoryResult(resource) &&
    !isLegalStatus(resource),
  toItems: (resource, context) => [toObservation(resource, context)],
}

function toObservation(resource: FhirResource, context: MappingContext): MappedItem {
  const parts = components(resource)
  const effectiveAt = choiceStart(resource, 'effective')
  const issuedAt = dateTime(resource['issued'])
  const code = concept(resource['code'])
  const time = firstTime(effectiveAt, issuedAt)
  return careItem(resource, context, {
    section: 'observations',
    status: statusOf(RESULT_STATUS, resource['status']),
    code,
    alsoCoded: parts.map((part) => part.code),
    time,
    // The same finding at the same minute is one reading.
    likeness: [conceptKey(code), resultKey(resource), minuteOf(time)],
    recording: { recordedAt: issuedAt, authors: references(resource['performer']) },
    fields: {
      categories: concepts(resource['category']),
      value: resultValue(resource),
      components: parts,
      interpretation: concepts(resource['interpretation']),
      referenceRanges: referenceRanges(resource),
      effectiveAt,
      issuedAt,
      bodySite: concept(resource['bodySite']),
      method: concept(resource['method']),
    },
  })
}
