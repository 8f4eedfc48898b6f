import type { Concept, SocialCare, SocialCareStatus } from '../../generated/contract.ts'
import { annotations, careItem } from '../care-item.ts'
import { concept, conceptKey, concepts, wordsConcept } from '../concept.ts'
import { elements, present, text } from '../elements.ts'
import { EPISODE_STATUS } from '../episode-status.ts'
import type { MappedItem, MappingContext, SectionMapping } from '../mapping.ts'
import { organisationOf } from '../organisations.ts'
import { partyName } from '../people.ts'
import { reasonsOf, subjectOf } from '../reasons.ts'
import { reference, references, resolve } from '../reference.ts'
import type { FhirReference, FhirResource } from '../resource.ts'
import type { SectionFields } from '../section-item.ts'
import { statusOf, statusWords } from '../status-words.ts'
import { choiceStart, dateTime, dayOf, firstTime, period } from '../time.ts'
import { timingText } from '../timing.ts'
import { isMentalHealthEpisode } from './mental-health.ts'

const TASK = statusWords<SocialCareStatus>({
  draft: 'PLANNED',
  requested: 'PLANNED',
  received: 'WAITING',
  accepted: 'WAITING',
  ready: 'WAITING',
  'in-progress': 'ACTIVE',
  'on-hold': 'ON_HOLD',
  completed: 'FINISHED',
  rejected: 'CANCELLED',
  cancelled: 'CANCELLED',
  // Tried and not done: nearer to "not done" than to "done".
  failed: 'CANCELLED',
  'entered-in-error': 'ENTERED_IN_ERROR',
})

const EQUIPMENT = statusWords<SocialCareStatus>({
  draft: 'PLANNED',
  active: 'ACTIVE',
  'on-hold': 'ON_HOLD',
  revoked: 'CANCELLED',
  completed: 'FINISHED',
  'entered-in-error': 'ENTERED_IN_ERROR',
  unknown: 'UNKNOWN',
})

/**
 * EpisodeOfCare, mental health apart; Task; DeviceRequest (Interweave's social care profiles).
 * Ordered by beginning, else by when it was asked for.
 */
export const socialCare: SectionMapping = {
  section: 'socialCare',
  resourceTypes: ['EpisodeOfCare', 'Task', 'DeviceRequest'],
  accepts: (resource) =>
    resource.resourceType === 'Task' ||
    resource.resourceType === 'DeviceRequest' ||
    (resource.resourceType === 'EpisodeOfCare' && !isMentalHealthEpisode(resource)),
  toItems: (resource, context) => [
    resource.resourceType === 'Task'
      ? toTask(resource, context)
      : resource.resourceType === 'DeviceRequest'
        ? toEquipment(resource, context)
        : toEpisode(resource, context),
  ],
}

/** What an entry tells of itself, and who had to do with it. */
interface Care
  extends Omit<SectionFields<'socialCare'>, 'organisation' | 'priority'>,
    Pick<SocialCare, 'status' | 'code' | 'notes'> {
  readonly alsoCoded?: readonly Concept[]
  /** Who provides it, then who asked for it. */
  readonly providers: readonly FhirReference[]
  readonly requesters: readonly FhirReference[]
}

function toEpisode(resource: FhirResource, context: MappingContext): MappedItem {
  const types = concepts(resource['type'])
  const conditions = elements(resource['diagnosis']).map((one) => reference(one['condition']))
  const teams = references(resource['team'])
  return socialCareItem(resource, context, {
    kind: 'EPISODE',
    status: statusOf(EPISODE_STATUS, resource['status']),
    code: types[0] ?? null,
    alsoCoded: types,
    period: period(resource['period']),
    description: present(teams.map((team) => partyName(team, context))).join(', ') || null,
    providers: references(resource['managingOrganization'], resource['team']),
    worker: partyName(reference(resource['careManager']), context),
    requestedAt: null,
    requesters: references(resource['careManager']),
    reasons: present(conditions.map((one) => subjectOf(one, context))),
    notes: annotations(resource['note']),
  })
}

function toTask(resource: FhirResource, context: MappingContext): MappedItem {
  const description = text(resource['description'])
  const statusReason = concept(resource['statusReason'])?.display
  const reasonPointer = reference(resource['reasonReference'])
  return socialCareItem(resource, context, {
    kind: 'TASK',
    status: statusOf(TASK, resource['status']),
    code: concept(resource['code']) ?? wordsConcept(description),
    period: period(resource['executionPeriod']),
    description,
    providers: references(resource['owner']),
    worker: partyName(reference(resource['owner']), context),
    requestedAt: dateTime(resource['authoredOn']),
    requesters: references(resource['requester']),
    reasons: present([concept(resource['reasonCode']), subjectOf(reasonPointer, context)]),
    notes: [...annotations(resource['note']), ...present([statusReason])],
  })
}

/** Intents of a request that nobody has made yet. */
const UNASKED = new Set<unknown>(['proposal', 'plan', 'option'])

function toEquipment(resource: FhirResource, context: MappingContext): MappedItem {
  const status = statusOf(EQUIPMENT, resource['status'])
  const start = choiceStart(resource, 'occurrence')
  return socialCareItem(resource, context, {
    kind: 'EQUIPMENT',
    status: status === 'ACTIVE' && UNASKED.has(resource['intent']) ? 'PLANNED' : status,
    code: equipmentOf(resource, context),
    period: period(resource['occurrencePeriod']) ?? (start === null ? null : { start, end: null }),
    description: null,
    providers: references(resource['performer']),
    worker: partyName(reference(resource['performer']), context),
    requestedAt: dateTime(resource['authoredOn']),
    requesters: references(resource['requester']),
    reasons: reasonsOf(resource, context),
    notes: [
      ...annotations(resource['note']),
      ...present([timingText(resource['occurrenceTiming'])]),
    ],
  })
}

function socialCareItem(resource: FhirResource, context: MappingContext, care: Care): MappedItem {
  const time = firstTime(care.period?.start, care.requestedAt, care.period?.end)
  const provider = present(care.providers.map((one) => organisationOf(one, context)))[0] ?? null
  return careItem(resource, context, {
    section: 'socialCare',
    status: care.status,
    code: care.code,
    alsoCoded: care.alsoCoded ?? [],
    time,
    // One service, task or item of equipment from one day.
    likeness: [care.kind, conceptKey(care.code), dayOf(time)],
    recording: {
      recordedAt: care.requestedAt,
      authors: care.requesters,
      organisations: care.kind === 'EPISODE' ? care.providers : [],
    },
    notes: care.notes,
    fields: {
      kind: care.kind,
      period: care.period,
      description: care.description,
      organisation: provider,
      worker: care.worker,
      priority: text(resource['priority']),
      requestedAt: care.requestedAt,
      reasons: care.reasons,
    },
  })
}

function equipmentOf(resource: FhirResource, context: MappingContext): Concept | null {
  const pointer = reference(resource['codeReference'])
  const device = resolve(pointer, context)
  return (
    concept(resource['codeCodeableConcept']) ??
    (device ? concept(device['type']) : null) ??
    wordsConcept(partyName(pointer, context))
  )
}
