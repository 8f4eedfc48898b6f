import { patient, sct, taggedMeta } from './tagged.ts'

export const referral = {
  resourceType: 'ServiceRequest',
  id: 'referral',
  meta: taggedMeta('F84001'),
  identifier: [{ system: 'https://fhir.nhs.uk/Id/UBRN', value: '000000070001' }],
  status: 'active',
  intent: 'order',
  category: [sct('3457005', 'Patient referral')],
  priority: 'urgent',
  code: sct('183519002', 'Referral to cardiology service'),
  orderDetail: [{ text: 'Two-week wait' }],
  subject: patient,
  occurrencePeriod: { start: '2024-06-01', end: '2024-06-14' },
  authoredOn: '2024-05-20T09:00:00+01:00',
  requester: { reference: 'Practitioner/okafor' },
  performerType: sct('17561000', 'Cardiologist'),
  performer: [
    { reference: 'HealthcareService/cardiology' },
    { identifier: { system: 'https://fhir.nhs.uk/Id/ods-organization-code', value: 'rqx' } },
    { display: 'Dr Elsewhere' },
  ],
  reasonCode: [{ text: 'Palpitations' }],
  reasonReference: [{ reference: 'Condition/asthma' }],
  patientInstruction: 'Wait for the hospital to call',
  note: [{ text: 'ECG attached' }],
}
