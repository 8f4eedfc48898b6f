import type { AppointmentStatus } from '../../generated/contract.ts'
import { annotations, careItem } from '../care-item.ts'
import { concept, concepts } from '../concept.ts'
import { elements, present, text } from '../elements.ts'
import type { MappedItem, MappingContext, SectionMapping } from '../mapping.ts'
import { partyName, partyNames } from '../people.ts'
import { reasonsOf } from '../reasons.ts'
import { referencesIn, resolve, typeOf } from '../reference.ts'
import type { FhirReference, FhirResource } from '../resource.ts'
import { statusOf, statusWords } from '../status-words.ts'
import { dateTime, firstTime, minuteOf, period } from '../time.ts'

const STATUS = statusWords<AppointmentStatus>({
  proposed: 'PROPOSED',
  pending: 'PENDING',
  booked: 'BOOKED',
  arrived: 'ARRIVED',
  'checked-in': 'CHECKED_IN',
  fulfilled: 'FULFILLED',
  cancelled: 'CANCELLED',
  noshow: 'DID_NOT_ATTEND',
  waitlist: 'WAITLIST',
  'entered-in-error': 'ENTERED_IN_ERROR',
})

const PROVIDERS = new Set(['Organization', 'HealthcareService', 'Location', 'PractitionerRole'])
const PEOPLE = new Set(['Practitioner', 'PractitionerRole', 'CareTeam'])

/** Appointment. Ordered by when it begins, else by when it was asked for. */
export const appointments: SectionMapping = {
  section: 'appointments',
  resourceTypes: ['Appointment'],
  accepts: (resource) => resource.resourceType === 'Appointment',
  toItems: (resource, context) => [toAppointment(resource, context)],
}

function toAppointment(resource: FhirResource, context: MappingContext): MappedItem {
  const actors = actorsOf(resource, context)
  const reasons = reasonsOf(resource, context)
  const services = concepts(resource['serviceType'])
  const kind = concept(resource['appointmentType'])
  const startsAt = dateTime(resource['start'])
  const createdAt = dateTime(resource['created'])
  const asked = elements(resource['requestedPeriod']).map((one) => period(one)?.start)
  return careItem(resource, context, {
    section: 'appointments',
    status: statusOf(STATUS, resource['status']),
    code: services[0] ?? reasons[0] ?? concepts(resource['specialty'])[0] ?? kind,
    alsoCoded: [...services, ...reasons],
    time: firstTime(startsAt, ...asked, createdAt),
    // Nobody has two appointments that begin at the same minute.
    likeness: [minuteOf(startsAt)],
    recording: {
      recordedAt: createdAt,
      authors: [],
      organisations: actors.filter((one) => PROVIDERS.has(one.type ?? '')),
    },
    notes: remarksOf(resource),
    fields: {
      startsAt,
      endsAt: dateTime(resource['end']),
      kind,
      serviceTypes: services,
      specialties: concepts(resource['specialty']),
      reasons,
      description: text(resource['description']),
      location: partyName(actors.find((one) => one.type === 'Location') ?? null, context),
      with: partyNames(
        actors.filter((one) => one.type === undefined || PEOPLE.has(one.type)),
        context,
      ),
      cancellationReason: concept(resource['cancelationReason']),
    },
  })
}

/** Who takes part, each with the type it turns out to be of, where that is known. */
function actorsOf(resource: FhirResource, context: MappingContext): FhirReference[] {
  return referencesIn(resource['participant'], 'actor').map((actor) => {
    const type = resolve(actor, context)?.resourceType ?? typeOf(actor)
    return type === null ? actor : { ...actor, type }
  })
}

function remarksOf(resource: FhirResource): string[] {
  const words = [text(resource['comment']), text(resource['patientInstruction'])]
  return [...annotations(resource['note']), ...present(words)]
}
