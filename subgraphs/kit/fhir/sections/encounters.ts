import type { Concept, EncounterStatus } from '../../generated/contract.ts'
import { careItem } from '../care-item.ts'
import { concept, conceptKey, concepts } from '../concept.ts'
import { type Element, element, elements, present, text } from '../elements.ts'
import { encounterClass } from '../encounter-class.ts'
import type { MappedItem, MappingContext, SectionMapping } from '../mapping.ts'
import { partyNames } from '../people.ts'
import { reasonsOf, subjectOf } from '../reasons.ts'
import { reference, references, referencesIn, resolve, typeOf } from '../reference.ts'
import type { FhirReference, FhirResource } from '../resource.ts'
import { statusOf, statusWords } from '../status-words.ts'
import { firstTime, minuteOf, period } from '../time.ts'

const STATUS = statusWords<EncounterStatus>({
  planned: 'PLANNED',
  arrived: 'ARRIVED',
  triaged: 'TRIAGED',
  'in-progress': 'IN_PROGRESS',
  onleave: 'ON_LEAVE',
  finished: 'FINISHED',
  cancelled: 'CANCELLED',
  'entered-in-error': 'ENTERED_IN_ERROR',
  unknown: 'UNKNOWN',
})

/** Encounter. Ordered by its beginning. */
export const encounters: SectionMapping = {
  section: 'encounters',
  resourceTypes: ['Encounter'],
  accepts: (resource) => resource.resourceType === 'Encounter',
  toItems: (resource, context) => [toEncounter(resource, context)],
}

function toEncounter(resource: FhirResource, context: MappingContext): MappedItem {
  const types = concepts(resource['type'])
  const serviceType = concept(resource['serviceType'])
  const stretch = period(resource['period'])
  const time = firstTime(stretch?.start, stretch?.end)
  const stay = element(resource['hospitalization'])
  const kind = encounterClass(resource)
  const clinicians = cliniciansOf(resource, context)
  return careItem(resource, context, {
    section: 'encounters',
    status: statusOf(STATUS, resource['status']),
    code: types[0] ?? serviceType,
    alsoCoded: [...types, serviceType],
    time,
    // The same sort of contact, begun at the same minute.
    likeness: [kind, conceptKey(types[0] ?? serviceType) ?? '', minuteOf(time)],
    recording: {
      recordedAt: null,
      authors: clinicians,
      organisations: references(resource['serviceProvider']),
    },
    fields: {
      class: kind,
      period: stretch,
      serviceType,
      priority: concept(resource['priority']),
      reasons: reasonsOf(resource, context),
      diagnoses: present(
        elements(resource['diagnosis']).map((one) =>
          subjectOf(reference(one['condition']), context),
        ),
      ),
      locations: partyNames(referencesIn(resource['location'], 'location'), context),
      clinicians: partyNames(clinicians, context),
      admissionSource: concept(stay['admitSource']),
      dischargeDisposition: concept(stay['dischargeDisposition']),
      admissionMethod: ukCore('AdmissionMethod', stay, resource),
      dischargeMethod: ukCore('DischargeMethod', resource, stay),
      attendanceOutcome: ukCore('OutcomeOfAttendance', resource),
    },
  })
}

/** What an extension of UK Core, or of CareConnect before it, says at the first of these places. */
function ukCore(name: string, ...places: readonly Element[]): Concept | null {
  const url = new RegExp(`/Extension-(?:UKCore|CareConnect)-${name}(?:-\\d+)?$`)
  const all = places.flatMap((place) => elements(place['extension']))
  const own = all.filter((one) => url.test(text(one['url']) ?? ''))
  return present(own.map((one) => concept(one['valueCodeableConcept'])))[0] ?? null
}

function cliniciansOf(resource: FhirResource, context: MappingContext): FhirReference[] {
  return referencesIn(resource['participant'], 'individual').filter(
    (one) => (resolve(one, context)?.resourceType ?? typeOf(one)) !== 'RelatedPerson',
  )
}
