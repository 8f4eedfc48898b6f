import { hl7, patient, sct, taggedMeta } from './tagged.ts'

export const diagnosis = {
  resourceType: 'Condition',
  id: 'diabetes',
  meta: taggedMeta('R1H'),
  clinicalStatus: hl7('condition-clinical', 'remission'),
  verificationStatus: hl7('condition-ver-status', 'provisional'),
  category: [sct('439401001', 'Diagnosis')],
  severity: sct('255604002', 'Mild'),
  code: sct('44054006', 'Type 2 diabetes mellitus'),
  bodySite: [sct('15776009', 'Pancreas')],
  subject: patient,
  encounter: { reference: 'Encounter/visit' },
  onsetPeriod: { start: '2015', end: '2016' },
  onsetString: 'About nine years ago',
  abatementDateTime: '2022-08',
  abatementString: 'After losing weight',
  recordedDate: '2015-06-01',
  asserter: { reference: 'Practitioner/okafor' },
  stage: [{ summary: { text: 'T4 N2 M1b' }, type: { text: 'TNM' } }],
  note: [{ text: 'Diet controlled' }],
}
