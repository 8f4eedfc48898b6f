import { patient, sct, taggedMeta } from './tagged.ts'

export const procedure = {
  resourceType: 'Procedure',
  id: 'hip',
  meta: taggedMeta('R1H'),
  status: 'stopped',
  statusReason: { text: 'Bleeding' },
  category: sct('387713003', 'Surgical procedure'),
  code: sct('52734007', 'Total hip replacement'),
  subject: patient,
  performedPeriod: { start: '2024-03-01T09:00:00Z', end: '2024-03-01T11:00:00Z' },
  performedString: 'In the morning',
  asserter: { reference: 'Practitioner/okafor' },
  performer: [
    { actor: { reference: 'PractitionerRole/consultant' } },
    { actor: { reference: 'Practitioner/lind' } },
  ],
  reasonCode: [{ text: 'Osteoarthritis' }],
  reasonReference: [{ display: 'Fall at home' }],
  bodySite: [sct('287679003', 'Left hip')],
  outcome: { text: 'To be continued' },
  complication: [{ text: 'Blood loss' }],
  complicationDetail: [{ reference: 'Condition/asthma' }],
  followUp: [{ text: 'Clinic in six weeks' }],
  focalDevice: [
    { action: { text: 'Implanted' }, manipulated: { display: 'Hip prosthesis, size 4' } },
  ],
  usedReference: [{ reference: 'Device/frame' }, { reference: 'Medication/amoxicillin' }],
  usedCode: [{ text: 'Bone cement' }],
  note: [{ text: 'Consent on file' }],
}
