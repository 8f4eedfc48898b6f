import { patient, sct, taggedMeta } from './tagged.ts'

export const carePlan = {
  resourceType: 'CarePlan',
  id: 'plan',
  meta: taggedMeta('R1H'),
  status: 'active',
  intent: 'plan',
  category: [sct('736056000', 'Asthma clinical management plan')],
  title: 'Asthma plan',
  description: 'Step up in winter',
  subject: patient,
  period: { start: '2024-01-01', end: '2024-12-31' },
  created: '2023-12-20',
  author: { reference: 'PractitionerRole/consultant' },
  contributor: [{ reference: 'Practitioner/lind' }],
  careTeam: [{ reference: 'CareTeam/community-team' }],
  addresses: [{ reference: 'Condition/asthma' }],
  goal: [{ reference: 'Goal/walk' }, { display: 'Sleep through' }, { reference: 'Goal/unknown' }],
  activity: [
    {
      detail: {
        code: { text: 'Inhaler check' },
        status: 'scheduled',
        description: 'With the nurse',
        scheduledTiming: { repeat: { frequency: 1, period: 3, periodUnit: 'mo' } },
      },
      progress: [{ text: 'Done in March' }],
      outcomeCodeableConcept: [{ text: 'Technique good' }],
      outcomeReference: [{ display: 'Peak flow 450' }],
    },
    { reference: { reference: 'ServiceRequest/physio', display: 'Physio' } },
    { detail: { scheduledPeriod: { start: '2024-02', end: '2024-03' } } },
    {},
  ],
  note: [{ text: 'Agreed with the patient' }],
}
