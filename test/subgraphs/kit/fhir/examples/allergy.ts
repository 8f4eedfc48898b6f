import { hl7, patient, sct, taggedMeta } from './tagged.ts'

export const allergy = {
  resourceType: 'AllergyIntolerance',
  id: 'penicillin',
  meta: taggedMeta('R1H'),
  identifier: [
    { system: 'https://barts.example/local', value: '77' },
    { use: 'official', system: 'https://barts.example/allergy', value: 'A-1' },
  ],
  clinicalStatus: {
    ...hl7('allergyintolerance-clinical', 'active'),
    extension: [
      {
        url: 'https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-AllergyIntoleranceEnd',
        extension: [
          { url: 'endDate', valueDateTime: '2021-02-03' },
          { url: 'reasonEnded', valueString: 'Tolerated under supervision' },
        ],
      },
    ],
  },
  verificationStatus: hl7('allergyintolerance-verification', 'confirmed'),
  type: 'allergy',
  category: ['medication', 'medication', 'nonsense'],
  criticality: 'high',
  code: {
    coding: [
      { system: 'http://read.info/ctv3', code: 'XUJdF', display: 'Penicillins' },
      { system: 'http://snomed.info/sct', code: '764146007', display: 'Penicillin' },
    ],
    text: 'Penicillin (all)',
  },
  patient,
  onsetDateTime: '1998-05',
  recordedDate: '2020-03-04T09:30:00+01:00',
  recorder: { reference: 'PractitionerRole/consultant' },
  asserter: { reference: 'Patient/ada', display: 'Somebody' },
  lastOccurrence: '2019-01-02',
  note: [{ text: 'Told by her mother' }, { time: '2020' }],
  reaction: [
    {
      substance: sct('27658006', 'Amoxicillin'),
      manifestation: [sct('271807003', 'Rash'), { text: 'Wheeze' }],
      severity: 'severe',
      onset: '2019-01-02',
      description: 'Within the hour',
      exposureRoute: { text: 'Intravenous' },
      note: [{ text: 'ITU admission, adrenaline three times' }],
    },
  ],
}
