import { patient, sct, taggedMeta } from './tagged.ts'

export const encounter = {
  resourceType: 'Encounter',
  id: 'ed',
  meta: taggedMeta('R1H'),
  identifier: [{ system: 'https://barts.example/visit', value: 'V-1' }],
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
    admitSource: { text: 'Home' },
    dischargeDisposition: { text: 'Ward' },
  },
  location: [{ location: { reference: 'Location/ward' } }, { location: { display: 'Majors' } }],
  serviceProvider: { reference: 'Organization/barts' },
}
