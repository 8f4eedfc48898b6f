import { hl7, patient, sct, taggedMeta } from './tagged.ts'

export const flag = {
  resourceType: 'Flag',
  id: 'dog',
  meta: taggedMeta('R1H'),
  status: 'inactive',
  category: [hl7('flag-category', 'safety')],
  code: sct('102481003', 'Dog in home'),
  subject: patient,
  period: { start: '2023-01-01', end: '2024-01-01' },
  author: { reference: 'Practitioner/lind' },
}
