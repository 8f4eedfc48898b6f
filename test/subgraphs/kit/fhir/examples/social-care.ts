import { hl7, patient, sct, taggedMeta } from './tagged.ts'

export const episode = {
  resourceType: 'EpisodeOfCare',
  id: 'episode',
  meta: taggedMeta('505'),
  status: 'onhold',
  type: [hl7('episodeofcare-type', 'hacc')],
  diagnosis: [{ condition: { reference: 'Condition/asthma' } }],
  patient,
  managingOrganization: { reference: 'Organization/council' },
  period: { start: '2024-01-10' },
  careManager: { reference: 'Practitioner/lind' },
  team: [{ reference: 'CareTeam/community-team' }],
}

export const task = {
  resourceType: 'Task',
  id: 'assessment',
  meta: taggedMeta('505'),
  identifier: [{ system: 'https://council.example/task', value: 'T-1' }],
  status: 'in-progress',
  statusReason: { text: 'Waiting for keys' },
  intent: 'order',
  priority: 'urgent',
  code: sct('710824005', 'Assessment of health and social care needs'),
  description: 'Home visit',
  for: patient,
  executionPeriod: { start: '2024-03-01', end: '2024-03-02' },
  authoredOn: '2024-02-20T10:00:00Z',
  requester: { reference: 'Practitioner/okafor' },
  owner: { reference: 'Organization/council' },
  reasonCode: { text: 'Fall' },
  reasonReference: { reference: 'Condition/asthma' },
  note: [{ text: 'Ring first' }],
}

export const equipment = {
  resourceType: 'DeviceRequest',
  id: 'frame',
  meta: taggedMeta('505'),
  status: 'completed',
  intent: 'order',
  priority: 'routine',
  codeReference: { reference: 'Device/frame' },
  subject: patient,
  occurrenceDateTime: '2024-03-10',
  authoredOn: '2024-03-01',
  requester: { reference: 'Practitioner/lind' },
  performer: { reference: 'Organization/council' },
  reasonCode: [{ text: 'Unsteady' }],
  note: [{ text: 'Left with the daughter' }],
}
