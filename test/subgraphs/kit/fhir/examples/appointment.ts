import { hl7, sct, taggedMeta } from './tagged.ts'

export const appointment = {
  resourceType: 'Appointment',
  id: 'clinic',
  meta: taggedMeta('R1H'),
  status: 'cancelled',
  cancelationReason: { text: 'Clinician ill' },
  serviceType: [sct('705150003', 'Cardiology service')],
  specialty: [sct('394579002', 'Cardiology')],
  appointmentType: hl7('v2-0276', 'FOLLOWUP'),
  reasonCode: [{ text: 'Palpitations' }],
  reasonReference: [{ reference: 'Condition/asthma' }],
  description: 'Echo first',
  start: '2024-09-01T09:00:00+01:00',
  end: '2024-09-01T09:20:00+01:00',
  created: '2024-06-01',
  comment: 'Needs transport',
  patientInstruction: 'Bring your medicines',
  participant: [
    { actor: { reference: 'Patient/ada', display: 'Somebody' }, status: 'accepted' },
    { actor: { reference: 'PractitionerRole/consultant' }, status: 'accepted' },
    { actor: { display: 'Dr Elsewhere' }, status: 'accepted' },
    { actor: { reference: 'Location/ward' }, status: 'accepted' },
    { actor: { reference: 'HealthcareService/cardiology' }, status: 'accepted' },
  ],
}
