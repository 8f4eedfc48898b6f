import type { Chart, Recording } from '../chart.ts'
import { type Coding, concept, dateOf, hl7, instantOf, type Resource, snomed } from '../fhir.ts'

const homeCare = hl7('episodeofcare-type', 'hacc', 'Home and Community Care')
const needs = snomed('710824005', 'Assessment of health and social care needs')

export const equipment = {
  wheelchair: snomed('228869008', 'Manual wheelchair'),
  walkingStick: snomed('87405001', 'Walking stick'),
  walkingFrame: snomed('266731002', 'Walking frame'),
} as const satisfies Record<string, Coding>

/** A stretch of adult social care, open unless `until` closes it. */
export function addSocialCareEpisode(
  chart: Chart,
  recording: Recording,
  given: { text: string; until?: Date },
): Resource {
  return addEpisode(chart, recording, { type: homeCare, ...given })
}

/** A stretch under a mental health service; the treatment function says which. */
export function addMentalHealthEpisode(
  chart: Chart,
  recording: Recording,
  given: { service: Coding; text: string; until?: Date },
): Resource {
  return addEpisode(chart, recording, { type: given.service, ...given })
}

/** A piece of social work: an assessment, a visit. */
export function addTask(
  chart: Chart,
  recording: Recording,
  given: { status: 'requested' | 'in-progress' | 'completed'; description: string },
): Resource {
  return chart.add('Task', recording, {
    identifier: [chart.identifier('task')],
    status: given.status,
    intent: 'order',
    code: concept(needs),
    description: given.description,
    for: chart.subject,
    authoredOn: instantOf(recording.at),
    lastModified: instantOf(recording.at),
    requester: chart.staff(recording.by, 0),
    owner: chart.organisation(recording.by),
  })
}

/** Equipment asked for, so that somebody can stay at home. */
export function addDeviceRequest(
  chart: Chart,
  recording: Recording,
  coding: Coding,
  status: 'active' | 'completed' = 'completed',
): Resource {
  return chart.add('DeviceRequest', recording, {
    identifier: [chart.identifier('equipment')],
    status,
    intent: 'order',
    codeCodeableConcept: concept(coding),
    subject: chart.subject,
    authoredOn: instantOf(recording.at),
    requester: chart.staff(recording.by, 0),
  })
}

/** The Mental Health Act status in force at the time of recording. */
export function addLegalStatus(chart: Chart, recording: Recording, status: Coding): Resource {
  return chart.add('Observation', recording, {
    identifier: [chart.identifier('legal-status')],
    status: 'final',
    code: { text: 'Mental Health Act legal status classification' },
    subject: chart.subject,
    effectiveDateTime: instantOf(recording.at),
    issued: instantOf(recording.at),
    performer: [chart.staff(recording.by, 0)],
    valueCodeableConcept: concept(status),
  })
}

/** A code of the NHS data dictionary's Mental Health Act legal status classification. */
export function legalStatus(code: string, display: string): Coding {
  return {
    system:
      'https://www.datadictionary.nhs.uk/data_elements/mental_health_act_legal_status_classification_code',
    code,
    display,
  }
}

function addEpisode(
  chart: Chart,
  recording: Recording,
  given: { type: Coding; text: string; until?: Date },
): Resource {
  return chart.add('EpisodeOfCare', recording, {
    identifier: [chart.identifier('episode')],
    status: given.until === undefined ? 'active' : 'finished',
    type: [concept(given.type, given.text)],
    patient: chart.subject,
    managingOrganization: chart.organisation(recording.by),
    period: {
      start: dateOf(recording.at),
      ...(given.until === undefined ? {} : { end: dateOf(given.until) }),
    },
    careManager: chart.staff(recording.by, 0),
  })
}
