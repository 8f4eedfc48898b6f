import type { Chart, Recording } from '../chart.ts'
import {
  type Coding,
  concept,
  dateOf,
  hl7,
  instantOf,
  type Resource,
  snomed,
  UBRN,
} from '../fhir.ts'
import { hashOf } from '../random.ts'

export const carePlans = {
  diabetes: snomed('735985000', 'Diabetes self management plan'),
  heartFailure: snomed('735984001', 'Heart failure self management plan'),
  treatmentEscalation: snomed('735324008', 'Treatment escalation plan'),
  endOfLife: snomed('736373009', 'End of life care plan'),
  mentalHealth: snomed('718347000', 'Mental health care plan'),
} as const satisfies Record<string, Coding>

/** A care plan in force since the time of recording; `until` ends it. */
export function addCarePlan(
  chart: Chart,
  recording: Recording,
  given: {
    kind: Coding
    title?: string
    goal: string
    activities: readonly string[]
    until?: Date
  },
): Resource {
  return chart.add('CarePlan', recording, {
    identifier: [chart.identifier('care-plan')],
    status: given.until === undefined ? 'active' : 'completed',
    intent: 'plan',
    category: [concept(given.kind)],
    title: given.title ?? given.kind.display,
    description: given.goal,
    subject: chart.subject,
    period: {
      start: dateOf(recording.at),
      ...(given.until === undefined ? {} : { end: dateOf(given.until) }),
    },
    created: instantOf(recording.at),
    author: chart.staff(recording.by, 1),
    activity: given.activities.map((description) => ({
      detail: { status: 'in-progress', description },
    })),
  })
}

export const flags = {
  falls: snomed('129839007', 'At increased risk for falls'),
  resuscitation: snomed('450476008', 'Not for attempted cardiopulmonary resuscitation'),
  immunocompromised: snomed('370388006', 'Patient immunocompromised'),
} as const satisfies Record<string, Coding>

/** A safety alert that stands since the time of recording. */
export function addFlag(
  chart: Chart,
  recording: Recording,
  coding: Coding,
  text?: string,
): Resource {
  return chart.add('Flag', recording, {
    identifier: [chart.identifier('flag')],
    status: 'active',
    category: [concept(hl7('flag-category', 'safety', 'Safety'))],
    code: concept(coding, text),
    subject: chart.subject,
    period: { start: dateOf(recording.at) },
    author: chart.staff(recording.by, 0),
  })
}

/** A referral with its e-Referral booking reference. */
export function addReferral(
  chart: Chart,
  recording: Recording,
  given: {
    service: Coding
    reason: Coding
    status: 'active' | 'completed'
    extra?: Record<string, unknown>
  },
): Resource {
  const { value } = chart.identifier('referral')
  const reference = `000${String(hashOf(value) % 1_000_000_000).padStart(9, '0')}`
  return chart.add('ServiceRequest', recording, {
    identifier: [{ system: UBRN, value: reference }],
    status: given.status,
    intent: 'order',
    category: [concept(snomed('3457005', 'Patient referral'))],
    priority: 'routine',
    code: concept(given.service),
    subject: chart.subject,
    occurrenceDateTime: instantOf(recording.at),
    authoredOn: instantOf(recording.at),
    requester: chart.staff(recording.by, 0),
    reasonCode: [concept(given.reason)],
    ...given.extra,
  })
}

/** An objection to sharing: proposed is under review, active upheld, rejected not upheld, inactive withdrawn. */
export function addObjection(
  chart: Chart,
  recording: Recording,
  given: {
    status: 'proposed' | 'active' | 'rejected' | 'inactive'
    extra?: Record<string, unknown>
  },
): Resource {
  return chart.add('Consent', recording, {
    identifier: [chart.identifier('objection')],
    status: given.status,
    scope: concept(hl7('consentscope', 'patient-privacy', 'Privacy Consent')),
    category: [
      concept({ system: 'http://loinc.org', code: '59284-0', display: 'Consent Document' }),
    ],
    patient: chart.subject,
    dateTime: instantOf(recording.at),
    organization: [chart.organisation(recording.by)],
    policyRule: concept(hl7('v3-ActCode', 'OPTOUT', 'opt-out')),
    provision: { type: 'deny' },
    ...given.extra,
  })
}
