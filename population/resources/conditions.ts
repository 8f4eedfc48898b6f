import type { Chart, Recording } from '../chart.ts'
import { type Coding, concept, dateOf, hl7, instantOf, type Resource } from '../fhir.ts'

const verified = concept(hl7('condition-ver-status', 'confirmed', 'Confirmed'))
const problem = concept(hl7('condition-category', 'problem-list-item', 'Problem List Item'))
const diagnosis = concept(hl7('condition-category', 'encounter-diagnosis', 'Encounter Diagnosis'))

/** A problem or, with an encounter, the diagnosis made there; `ended` closes it. */
export function addCondition(
  chart: Chart,
  recording: Recording,
  coding: Coding,
  given: { onset: Date; ended?: Date; encounter?: Resource; extra?: Record<string, unknown> },
): Resource {
  const status = given.ended === undefined ? 'active' : 'resolved'
  return chart.add('Condition', recording, {
    identifier: [chart.identifier('condition')],
    clinicalStatus: concept(
      hl7('condition-clinical', status, status === 'active' ? 'Active' : 'Resolved'),
    ),
    verificationStatus: verified,
    category: [given.encounter === undefined ? problem : diagnosis],
    code: concept(coding),
    subject: chart.subject,
    ...(given.encounter === undefined ? {} : { encounter: chart.refer(given.encounter) }),
    onsetDateTime: dateOf(given.onset),
    ...(given.ended === undefined ? {} : { abatementDateTime: dateOf(given.ended) }),
    recordedDate: instantOf(recording.at),
    recorder: chart.staff(recording.by, 0),
    ...given.extra,
  })
}
