import { hl7, patient, sct, taggedMeta } from './tagged.ts'

const UCUM = 'http://unitsofmeasure.org'

export const result = {
  resourceType: 'Observation',
  id: 'potassium',
  meta: taggedMeta('R1H'),
  identifier: [{ system: 'https://barts.example/lab', value: 'L-1' }],
  status: 'amended',
  category: [hl7('observation-category', 'laboratory')],
  code: sct('1000651000000109', 'Serum potassium level'),
  subject: patient,
  effectiveDateTime: '2024-05-01T08:15:30+01:00',
  issued: '2024-05-01T12:00:00.000+01:00',
  performer: [{ reference: 'Organization/barts' }],
  valueQuantity: { value: 3.2, comparator: '<', unit: 'mmol/L', system: UCUM, code: 'mmol/L' },
  dataAbsentReason: { text: 'Partly haemolysed' },
  interpretation: [hl7('v3-ObservationInterpretation', 'L')],
  note: [{ text: 'Please repeat' }],
  bodySite: sct('368208006', 'Left upper arm'),
  method: { text: 'Ion-selective electrode' },
  specimen: { reference: 'Specimen/blood' },
  referenceRange: [
    {
      low: { value: 3.5, unit: 'mmol/L' },
      high: { value: 5.3, unit: 'mmol/L' },
      text: 'Adult',
      type: { text: 'Normal' },
      appliesTo: [{ text: 'Not pregnant' }],
      age: { low: { value: 18, unit: 'a' } },
    },
    {},
  ],
  hasMember: [{ reference: 'Observation/sodium' }],
  component: [
    {
      code: sct('1022791000000101', 'Haemolysis index'),
      valueCodeableConcept: sct('260347006', 'Present +'),
      interpretation: [{ text: 'Abnormal' }],
      referenceRange: [{ text: 'None' }],
    },
  ],
}

export const report = {
  resourceType: 'DiagnosticReport',
  id: 'u-and-e',
  meta: taggedMeta('R1H'),
  status: 'final',
  category: [hl7('v2-0074', 'LAB')],
  code: sct('1000731000000107', 'Urea and electrolytes'),
  subject: patient,
  effectivePeriod: { start: '2024-05-01T08:00:00Z', end: '2024-05-01T08:05:00Z' },
  issued: '2024-05-01T12:30:00Z',
  performer: [{ reference: 'Organization/barts' }],
  resultsInterpreter: [{ reference: 'Practitioner/okafor' }],
  specimen: [{ display: 'Serum' }],
  result: [
    { reference: 'Observation/potassium' },
    { reference: 'Observation/sodium' },
    { reference: 'Observation/sodium' },
    { reference: 'Observation/elsewhere' },
    { reference: '#urea' },
  ],
  contained: [
    {
      resourceType: 'Observation',
      id: 'urea',
      status: 'final',
      code: { text: 'Urea' },
      effectiveDateTime: '2024-05-01T08:00:00Z',
      valueQuantity: { value: 7 },
    },
    { resourceType: 'Observation', id: 'stranger', status: 'final' },
  ],
  conclusion: 'Mild hypokalaemia',
  conclusionCode: [sct('43339004', 'Hypokalaemia')],
  presentedForm: [{ contentType: 'text/plain', data: 'UG90YXNzaXVtIGxvdw==' }],
}
