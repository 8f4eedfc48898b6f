import type { SafetyAlertStatus } from '../../generated/contract.ts'
import { careItem } from '../care-item.ts'
import { concept, conceptKey, concepts } from '../concept.ts'
import { elements, extension, present } from '../elements.ts'
import type { MappedItem, MappingContext, SectionMapping } from '../mapping.ts'
import { subjectsOf } from '../reasons.ts'
import { reference, references, resolve, typeOf } from '../reference.ts'
import type { FhirReference, FhirResource } from '../resource.ts'
import { statusOf, statusWords } from '../status-words.ts'
import { firstTime, period } from '../time.ts'

const STATUS = statusWords<SafetyAlertStatus>({
  active: 'ACTIVE',
  inactive: 'INACTIVE',
  'entered-in-error': 'ENTERED_IN_ERROR',
})

/** FHIR's extensions: how urgent an alert is, and the resources that tell more. */
const PRIORITY = 'http://hl7.org/fhir/StructureDefinition/flag-priority'
const DETAIL = 'http://hl7.org/fhir/StructureDefinition/flag-detail'

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
    fields: {
      categories: concepts(resource['category']),
      period: stretch,
      priority: concept(extension(resource, PRIORITY, 'valueCodeableConcept')),
      details: subjectsOf(detailsOf(resource, context), context),
    },
  })
}

/** Who and where: the alert's own words tell it where it matters, and of some patients it is not shown. */
const PARTIES: ReadonlySet<string> = new Set([
  ...['Organization', 'Location', 'HealthcareService', 'CareTeam', 'Patient'],
  ...['Practitioner', 'PractitionerRole', 'RelatedPerson'],
])

function detailsOf(resource: FhirResource, context: MappingContext): FhirReference[] {
  const details = elements(resource['extension']).filter((one) => one['url'] === DETAIL)
  return present(details.map((one) => reference(one['valueReference']))).filter(
    (one) => !PARTIES.has(resolve(one, context)?.resourceType ?? typeOf(one) ?? ''),
  )
}
