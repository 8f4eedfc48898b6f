import type { MentalHealthStatus } from '../../generated/contract.ts'
import { documentAttachments } from '../attachment.ts'
import { careItem } from '../care-item.ts'
import { concept, conceptKey, concepts, hasCode, SNOMED } from '../concept.ts'
import { element, elements, present, text } from '../elements.ts'
import { EPISODE_STATUS } from '../episode-status.ts'
import type { MappedItem, MappingContext, SectionMapping } from '../mapping.ts'
import { organisationOf } from '../organisations.ts'
import { partyName, partyNames } from '../people.ts'
import { reference, references } from '../reference.ts'
import type { FhirResource } from '../resource.ts'
import { statusOf, statusWords } from '../status-words.ts'
import {
  choiceStart,
  dateTime,
  dayOf,
  firstTime,
  period,
  toInstant,
  toLastInstant,
} from '../time.ts'
import { encounterLegalStatuses, hasLegalStatus } from './encounter-legal-status.ts'

const LEGAL_STATUS =
  'https://www.datadictionary.nhs.uk/data_elements/mental_health_act_legal_status_classification_code'

const CRISIS_PLAN = new Set(['736253002'])

/** NHS treatment functions of mental health: 656, 700, 710 to 727. */
const TREATMENT_FUNCTION = /^(656|700|71\d|72[0-7])$/
const SPECIALTY_SYSTEM = /treatment|special|practicesetting/i
const MENTAL_HEALTH = /\bmental(?!\s+retard)|psychiatr|psycholog|psychother|\bCAMHS\b/i

const OBSERVED = statusWords<MentalHealthStatus>({
  registered: 'ACTIVE',
  preliminary: 'ACTIVE',
  final: 'ACTIVE',
  amended: 'ACTIVE',
  corrected: 'ACTIVE',
  cancelled: 'CANCELLED',
  'entered-in-error': 'ENTERED_IN_ERROR',
  unknown: 'UNKNOWN',
})

const DOCUMENT = statusWords<MentalHealthStatus>({
  current: 'ACTIVE',
  superseded: 'FINISHED',
  'entered-in-error': 'ENTERED_IN_ERROR',
})

/**
 * EpisodesOfCare of mental health services, Observations and Encounters of legal status, and crisis plans. Ordered
 * by beginning; a legal status by when it took effect, a crisis plan by when it was written.
 */
export const mentalHealth: SectionMapping = {
  section: 'mentalHealth',
  resourceTypes: ['EpisodeOfCare', 'Observation', 'DocumentReference', 'Encounter'],
  accepts: (resource) =>
    isMentalHealthEpisode(resource) ||
    isLegalStatus(resource) ||
    hasLegalStatus(resource) ||
    isCrisisPlan(resource),
  toItems(resource, context) {
    switch (resource.resourceType) {
      case 'Observation':
        return [toLegalStatus(resource, context)]
      case 'Encounter':
        return encounterLegalStatuses(resource, context)
      case 'DocumentReference':
        return [toCrisisPlan(resource, context)]
      default:
        return [toEpisode(resource, context)]
    }
  },
}

/** True for an EpisodeOfCare whose type is a mental health specialty, by code or by name. */
export function isMentalHealthEpisode(resource: FhirResource): boolean {
  if (resource.resourceType !== 'EpisodeOfCare') return false
  const services = [resource['type'], resource['serviceType']].flatMap((source) =>
    concepts(Array.isArray(source) ? source : [source]),
  )
  return services.some(
    (service) =>
      MENTAL_HEALTH.test(service.text ?? '') ||
      service.codings.some(
        (coding) =>
          MENTAL_HEALTH.test(coding.display ?? '') ||
          (SPECIALTY_SYSTEM.test(coding.system ?? '') &&
            TREATMENT_FUNCTION.test(coding.code ?? '')),
      ),
  )
}

/** True for an Observation whose value is a legal status classification of the Mental Health Act. */
export function isLegalStatus(resource: FhirResource): boolean {
  const value = element(resource['valueCodeableConcept'])
  return (
    resource.resourceType === 'Observation' &&
    elements(value['coding']).some((coding) => coding['system'] === LEGAL_STATUS)
  )
}

/** True for a DocumentReference whose type is a mental health crisis plan (SNOMED CT 736253002). */
export function isCrisisPlan(resource: FhirResource): boolean {
  return (
    resource.resourceType === 'DocumentReference' &&
    hasCode(concept(resource['type']), SNOMED, CRISIS_PLAN)
  )
}

function toEpisode(resource: FhirResource, context: MappingContext): MappedItem {
  const types = concepts(
    Array.isArray(resource['type']) ? resource['type'] : [resource['serviceType']],
  )
  const provider = reference(resource['managingOrganization'])
  const manager = reference(resource['careManager'])
  const stretch = period(resource['period'])
  const time = firstTime(stretch?.start, stretch?.end)
  return careItem(resource, context, {
    section: 'mentalHealth',
    status: statusOf(EPISODE_STATUS, resource['status']),
    code: types[0] ?? null,
    alsoCoded: types,
    time,
    likeness: ['EPISODE', conceptKey(types[0] ?? null), dayOf(time)],
    recording: {
      recordedAt: null,
      authors: present([manager]),
      organisations: present([provider]),
    },
    fields: {
      kind: 'EPISODE',
      period: stretch,
      organisation: organisationOf(provider, context),
      team: partyNames(references(resource['team']), context).join(', ') || null,
      worker: partyName(manager, context),
      legalStatus: null,
      attachments: [],
      description: null,
    },
  })
}

function toLegalStatus(resource: FhirResource, context: MappingContext): MappedItem {
  const legalStatus = concept(resource['valueCodeableConcept'])
  const issuedAt = dateTime(resource['issued'])
  const start = choiceStart(resource, 'effective')
  const stretch = period(resource['effectivePeriod']) ?? (start ? { start, end: null } : null)
  const performers = references(resource['performer'])
  const time = firstTime(start, issuedAt)
  return careItem(resource, context, {
    section: 'mentalHealth',
    status: legalStatusState(resource, stretch?.end ?? null),
    code: concept(resource['code']),
    alsoCoded: [legalStatus],
    time,
    likeness: ['LEGAL_STATUS', conceptKey(legalStatus), dayOf(time)],
    recording: { recordedAt: issuedAt, authors: performers },
    fields: {
      kind: 'LEGAL_STATUS',
      period: stretch,
      organisation: present(performers.map((one) => organisationOf(one, context)))[0] ?? null,
      team: null,
      worker: partyName(performers[0] ?? null, context),
      legalStatus,
      attachments: [],
      description: null,
    },
  })
}

// An end that lay ahead when it was recorded is when the section runs out, not that it is over.
function legalStatusState(resource: FhirResource, end: string | null): MentalHealthStatus {
  const status = statusOf(OBSERVED, resource['status'])
  const ended = toLastInstant(end)
  const recorded = toInstant(
    firstTime(resource['issued'], element(resource['meta'])['lastUpdated']),
  )
  return status === 'ACTIVE' && ended && recorded && ended <= recorded ? 'FINISHED' : status
}

function toCrisisPlan(resource: FhirResource, context: MappingContext): MappedItem {
  const files = documentAttachments(resource['content'], context)
  const stretch = period(element(resource['context'])['period'])
  const custodian = reference(resource['custodian'])
  const authors = references(resource['author'])
  const writtenAt = dateTime(resource['date'])
  const time = firstTime(writtenAt, ...files.map((file) => file.createdAt), stretch?.start)
  return careItem(resource, context, {
    section: 'mentalHealth',
    status: statusOf(DOCUMENT, resource['status']),
    code: concept(resource['type']),
    time,
    likeness: ['CRISIS_PLAN', dayOf(time)],
    recording: { recordedAt: writtenAt, authors, organisations: present([custodian]) },
    fields: {
      kind: 'CRISIS_PLAN',
      period: stretch,
      organisation: organisationOf(custodian, context),
      team: null,
      worker: partyName(authors[0] ?? null, context),
      legalStatus: null,
      attachments: files,
      description:
        text(resource['description']) ?? present(files.map((file) => file.title))[0] ?? null,
    },
  })
}
