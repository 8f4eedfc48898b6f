import type { SafetyAlertStatus } from '../../generated/contract.ts'
import { careItem } from '../care-item.ts'
import { concept, conceptKey, concepts } from '../concept.ts'
import type { MappedItem, MappingContext, SectionMapping } from '../mapping.ts'
import { references } from '../reference.ts'
import type { FhirResource } from '../resource.ts'
import { statusOf, statusWords } from '../status-words.ts'
import { firstTime, period } from '../time.ts'

const STATUS = statusWords<SafetyAlertStatus>({
  active: 'ACTIVE',
  inactive: 'INACTIVE',
  'entered-in-error': 'ENTERED_IN_ERROR',
})

/** Flag. Ordered by when it holds from. */
export const safetyAlerts: SectionMapping = {
  section: 'safetyAlerts',
  resourceTypes: ['Flag'],
  accepts: (resource) => resource.resourceType === 'Flag',
  toItems: (resource, context) => [toSafetyAlert(resource, context)],
}

function toSafetyAlert(resource: FhirResource, context: MappingContext): MappedItem {
  const code = concept(resource['code'])
  const stretch = period(resource['period'])
  return careItem(resource, context, {
    section: 'safetyAlerts',
    status: statusOf(STATUS, resource['status']),
    code,
    time: firstTime(stretch?.start, stretch?.end),
    // The same warning is the same warning, whoever raised it.
    likeness: [conceptKey(code)],
    recording: { recordedAt: null, authors: references(resource['author']) },
    fields: { categories: concepts(resource['category']), period: stretch },
  })
}
