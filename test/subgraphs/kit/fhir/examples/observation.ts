import { hl7, patient, sct, taggedMeta } from './tagged.ts'

const UCUM = 'http://unitsofmeasure.org'
const mmHg = { unit: 'mm[Hg]', system: UCUM, code: 'mm[Hg]' }

export const bloodPressure = {
  resourceType: 'Observation',
  id: 'bp',
  meta: taggedMeta('R1H'),
  status: 'final',
  category: [hl7('observation-category', 'vital-signs')],
  code: sct('75367002', 'Blood pressure'),
  subject: patient,
  effectiveInstant: '2024-05-01T08:15:30Z',
  issued: '2024-05-01T08:20:00Z',
  performer: [{ reference: 'Practitioner/lind' }],
  interpretation: [{ text: 'High' }],
  note: [{ text: 'After rest' }],
  bodySite: sct('368208006', 'Left upper arm'),
  method: { text: 'Cuff' },
  referenceRange: [{ text: 'Below 140/90' }],
  component: [
    { code: sct('271649006', 'Systolic'), valueQuantity: { value: 150, ...mmHg } },
    { code: sct('271650006', 'Diastolic'), valueQuantity: { value: 95, ...mmHg } },
  ],
}
