import { patient, sct, taggedMeta } from './tagged.ts'

export const document = {
  resourceType: 'DocumentReference',
  id: 'letter',
  meta: taggedMeta('R1H'),
  masterIdentifier: { system: 'urn:ietf:rfc:3986', value: 'urn:oid:1.2.9' },
  identifier: [{ system: 'https://barts.example/doc', value: 'D-1' }],
  status: 'current',
  docStatus: 'final',
  type: sct('823691000000103', 'Clinical letter'),
  category: [sct('734163000', 'Care plan')],
  subject: patient,
  date: '2024-05-02T10:00:00Z',
  author: [{ reference: 'Organization/barts' }, { reference: 'Practitioner/okafor' }],
  custodian: { reference: 'Organization/barts' },
  description: 'Clinic letter to the practice',
  content: [
    {
      attachment: {
        contentType: 'text/plain',
        data: 'RGVhciBkb2N0b3Is',
        title: 'Cardiology letter',
        creation: '2024-05-01',
      },
    },
    { attachment: { contentType: 'application/pdf', size: 2048, data: 'JVBERi0=' } },
    { attachment: { url: 'Binary/letter' } },
  ],
  context: {
    encounter: [{ reference: 'Encounter/visit' }],
    period: { start: '2024-04-30', end: '2024-05-01' },
    practiceSetting: sct('394579002', 'Cardiology'),
    facilityType: { text: 'Hospital' },
  },
}

export const composition = {
  resourceType: 'Composition',
  id: 'discharge',
  meta: taggedMeta('R1H'),
  identifier: { system: 'https://barts.example/doc', value: 'D-2' },
  status: 'final',
  type: sct('373942005', 'Discharge summary'),
  category: [sct('734163000', 'Care plan')],
  subject: patient,
  encounter: { reference: 'Encounter/visit' },
  date: '2024-05-03T16:00:00Z',
  author: [{ reference: 'Practitioner/okafor' }],
  title: 'Discharge summary',
  custodian: { reference: 'Organization/barts' },
  event: [{ period: { start: '2024-04-30', end: '2024-05-03' } }],
  section: [
    { title: 'Plan', text: { status: 'generated', div: '<div>Stop warfarin.</div>' } },
    { code: sct('886921000000105', 'Allergies'), emptyReason: { text: 'None known' } },
    {
      title: 'Results',
      section: [{ title: 'Blood', entry: [{ reference: 'Observation/elsewhere' }] }],
    },
  ],
}

export const crisisPlan = {
  resourceType: 'DocumentReference',
  id: 'crisis-plan',
  meta: taggedMeta('RWK'),
  status: 'current',
  type: sct('736253002', 'Mental health crisis plan'),
  subject: patient,
  date: '2024-02-01',
  author: [{ reference: 'Practitioner/lind' }],
  custodian: { reference: 'Organization/elft' },
  description: 'Held in the trust’s own system',
  content: [{ attachment: { title: 'Crisis plan' } }],
  context: { period: { start: '2024-02-01' } },
}
