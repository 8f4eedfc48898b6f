import type { Chart, Recording } from '../chart.ts'
import { type AllergyKind, noKnownAllergy } from '../codes/allergies.ts'
import { concept, dateOf, hl7, instantOf, type Resource, snomed } from '../fhir.ts'

const ALLERGY_LIST = snomed('886921000000105', 'Allergies and adverse reactions')

const active = concept(hl7('allergyintolerance-clinical', 'active', 'Active'))
const confirmed = concept(hl7('allergyintolerance-verification', 'confirmed', 'Confirmed'))

/** An allergy with the reaction that was seen. */
export function addAllergy(
  chart: Chart,
  recording: Recording,
  kind: AllergyKind,
  extra: Record<string, unknown> = {},
): Resource {
  return chart.add('AllergyIntolerance', recording, {
    identifier: [chart.identifier('allergy')],
    clinicalStatus: active,
    verificationStatus: confirmed,
    type: 'allergy',
    category: [kind.category],
    criticality: kind.criticality,
    code: concept(kind.coding),
    patient: chart.subject,
    onsetDateTime: dateOf(recording.at),
    recordedDate: instantOf(recording.at),
    recorder: chart.staff(recording.by, 0),
    reaction: [{ manifestation: [concept(kind.manifestation)], severity: kind.severity }],
    ...extra,
  })
}

/** The positive statement that the person has no known allergy. */
export function addNoKnownAllergy(chart: Chart, recording: Recording): Resource {
  return chart.add('AllergyIntolerance', recording, {
    clinicalStatus: active,
    verificationStatus: confirmed,
    code: concept(noKnownAllergy),
    patient: chart.subject,
    recordedDate: instantOf(recording.at),
    recorder: chart.staff(recording.by, 0),
  })
}

/** An empty allergy list that says why it is empty: nobody knows of any allergy. */
export function addEmptyAllergyList(chart: Chart, recording: Recording): Resource {
  return chart.add('List', recording, {
    status: 'current',
    mode: 'snapshot',
    title: 'Allergies and adverse reactions',
    code: concept(ALLERGY_LIST),
    subject: chart.subject,
    date: instantOf(recording.at),
    source: chart.staff(recording.by, 0),
    emptyReason: concept(hl7('list-empty-reason', 'nilknown', 'Nil Known')),
  })
}
