import { patient, sct, taggedMeta } from './tagged.ts'

const dosage = {
  sequence: 1,
  text: 'One capsule three times a day',
  patientInstruction: 'Finish the course',
  timing: { repeat: { frequency: 3, period: 1, periodUnit: 'd', when: ['PC'] } },
  asNeededCodeableConcept: { text: 'pain' },
  site: { text: 'Left eye' },
  route: sct('26643006', 'Oral route'),
  method: sct('421521009', 'Swallow'),
  doseAndRate: [
    {
      doseQuantity: {
        value: 1,
        unit: 'capsule',
        system: 'http://snomed.info/sct',
        code: '428641000',
      },
    },
  ],
}

export const prescription = {
  resourceType: 'MedicationRequest',
  id: 'rx',
  meta: taggedMeta('R1H'),
  identifier: [{ system: 'https://fhir.nhs.uk/Id/prescription-order-item-number', value: 'p-1' }],
  status: 'active',
  statusReason: { text: 'Restarted' },
  intent: 'order',
  medicationReference: { reference: 'Medication/amoxicillin', display: 'Amoxil' },
  subject: patient,
  encounter: { reference: 'Encounter/visit' },
  authoredOn: '2024-05-02T11:00:00+01:00',
  requester: { reference: 'PractitionerRole/consultant' },
  recorder: { reference: 'Practitioner/lind' },
  reasonCode: [{ text: 'Chest infection' }],
  reasonReference: [{ reference: 'Condition/asthma' }],
  courseOfTherapyType: {
    coding: [
      {
        system: 'http://terminology.hl7.org/CodeSystem/medicationrequest-course-of-therapy',
        code: 'acute',
        display: 'Short course (acute) therapy',
      },
    ],
  },
  note: [{ text: 'Allergy checked' }],
  dosageInstruction: [dosage],
  dispenseRequest: {
    validityPeriod: { start: '2024-05-02', end: '2024-05-09' },
    numberOfRepeatsAllowed: 2,
    quantity: { value: 21, unit: 'capsule' },
  },
}

export const medicationStatement = {
  resourceType: 'MedicationStatement',
  id: 'statement',
  meta: taggedMeta('R1H'),
  status: 'not-taken',
  statusReason: [{ text: 'Nausea' }],
  medicationCodeableConcept: sct('39732311000001104', 'Amoxicillin 250mg capsules'),
  subject: patient,
  effectivePeriod: { start: '2024-01', end: '2024-03' },
  dateAsserted: '2024-04-01',
  informationSource: { reference: 'RelatedPerson/daughter' },
  dosage: [
    {
      asNeededBoolean: false,
      doseAndRate: [{ doseRange: { low: { value: 1 }, high: { value: 2, unit: 'capsule' } } }],
    },
  ],
}
