import { patient, sct, taggedMeta } from './tagged.ts'

const SYSTEM = 'https://fhir.hl7.org.uk/CodeSystem/UKCore-LegalStatus'

function legalStatus(context: string, code: string, display: string) {
  return {
    url: 'https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-LegalStatus',
    extension: [
      {
        url: 'legalStatusContext',
        valueCodeableConcept: { coding: [{ system: `${SYSTEM}Context`, code: context }] },
      },
      {
        url: 'legalStatusClassification',
        valueCodeableConcept: {
          coding: [{ system: `${SYSTEM}ClassificationEngland`, code, display }],
        },
      },
    ],
  }
}

/** An admission under one legal status that ended under another. */
export const detained = {
  resourceType: 'Encounter',
  id: 'detained',
  meta: taggedMeta('RWK'),
  identifier: [{ system: 'https://elft.example/visit', value: 'V-2' }],
  status: 'finished',
  class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'IMP' },
  subject: patient,
  period: { start: '2024-02-01T08:00:00Z', end: '2024-03-01T12:00:00Z' },
  extension: [
    legalStatus('admission', '02', 'Formally detained under Section 2'),
    legalStatus('discharge', '01', 'Informal'),
  ],
}

export const encounter = {
  resourceType: 'Encounter',
  id: 'ed',
  meta: taggedMeta('R1H'),
  identifier: [{ system: 'https://barts.example/visit', value: 'V-1' }],
  extension: [
    {
      url: 'https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-DischargeMethod',
      valueCodeableConcept: { text: 'On clinical advice' },
    },
    {
      url: 'https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-OutcomeOfAttendance',
      valueCodeableConcept: { text: 'Discharged from care' },
    },
  ],
  status: 'finished',
  class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'EMER' },
  type: [sct('4525004', 'Emergency department visit')],
  serviceType: sct('310000008', 'Accident and emergency service'),
  priority: { text: 'Urgent' },
  subject: patient,
  participant: [
    { individual: { reference: 'Practitioner/okafor' } },
    { individual: { reference: 'RelatedPerson/daughter' } },
  ],
  period: { start: '2024-05-01T08:00:00Z', end: '2024-05-01T12:00:00Z' },
  reasonCode: [{ text: 'Chest pain' }],
  diagnosis: [{ condition: { reference: 'Condition/asthma' } }],
  hospitalization: {
    extension: [
      {
        url: 'https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-AdmissionMethod',
        valueCodeableConcept: { text: 'Emergency' },
      },
    ],
    admitSource: { text: 'Home' },
    dischargeDisposition: { text: 'Ward' },
  },
  location: [{ location: { reference: 'Location/ward' } }, { location: { display: 'Majors' } }],
  serviceProvider: { reference: 'Organization/barts' },
}
