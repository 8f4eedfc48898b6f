import { patient, sct, taggedMeta } from './tagged.ts'

const common = (id: string) => ({ id, meta: taggedMeta('R1H') })

export const familyHistory = {
  resourceType: 'FamilyMemberHistory',
  ...common('mother'),
  identifier: [{ system: 'https://barts.example/family', value: 'f-1' }],
  status: 'completed',
  patient,
  date: '2023-04-05',
  name: 'Maud',
  relationship: sct('72705000', 'Mother'),
  sex: { text: 'female' },
  bornDate: '1950-01-02',
  deceasedAge: { value: 51, unit: 'years' },
  reasonCode: [{ text: 'Screening' }],
  reasonReference: [{ reference: 'Condition/asthma' }],
  note: [{ text: 'As the patient remembers' }],
  condition: [
    {
      code: sct('254837009', 'Breast cancer'),
      outcome: { text: 'Died' },
      contributedToDeath: true,
      onsetAge: { value: 45, unit: 'years' },
      note: [{ text: 'Left side' }],
    },
  ],
}

export const answers = {
  resourceType: 'QuestionnaireResponse',
  ...common('answers'),
  identifier: { system: 'https://barts.example/form', value: 'q-1' },
  questionnaire: 'https://example.org/Questionnaire/falls',
  status: 'completed',
  subject: patient,
  encounter: { reference: 'Encounter/visit' },
  authored: '2024-05-02T09:00:00Z',
  author: { reference: 'Practitioner/lind' },
  source: { reference: 'RelatedPerson/daughter' },
  item: [
    {
      linkId: '1',
      text: 'Falls',
      item: [
        {
          linkId: '1.1',
          text: 'Fallen in the last year?',
          answer: [
            {
              valueBoolean: true,
              item: [{ linkId: '1.1.1', text: 'How often?', answer: [{ valueInteger: 3 }] }],
            },
          ],
        },
        { linkId: '1.2', text: 'Not asked' },
        { linkId: '1.3', text: 'Aids', answer: [{ valueCoding: { code: 'a', display: 'Frame' } }] },
      ],
    },
  ],
}

export const impression = {
  resourceType: 'ClinicalImpression',
  ...common('impression'),
  identifier: [{ system: 'https://barts.example/impression', value: 'i-1' }],
  status: 'completed',
  statusReason: { text: 'Reviewed' },
  code: sct('312850006', 'History taking'),
  description: 'Seen after a fall',
  subject: patient,
  encounter: { reference: 'Encounter/visit' },
  effectivePeriod: { start: '2024-05-01', end: '2024-05-02' },
  date: '2024-05-02T11:00:00Z',
  assessor: { reference: 'Practitioner/okafor' },
  problem: [{ reference: 'Condition/asthma' }],
  investigation: [{ code: { text: 'Examination' }, item: [{ display: 'Chest clear' }] }],
  summary: 'Frail, at risk of falls',
  finding: [{ itemCodeableConcept: { text: 'Frailty' }, basis: 'Gait' }],
  prognosisCodeableConcept: [{ text: 'Guarded' }],
  note: [{ text: 'Daughter told' }],
}

export const risk = {
  resourceType: 'RiskAssessment',
  ...common('risk'),
  identifier: [{ system: 'https://barts.example/risk', value: 'r-1' }],
  status: 'final',
  method: { text: 'QRISK3' },
  code: { text: 'Cardiovascular risk' },
  subject: patient,
  encounter: { reference: 'Encounter/visit' },
  occurrenceDateTime: '2024-03-01',
  condition: { reference: 'Condition/asthma' },
  performer: { reference: 'Practitioner/okafor' },
  reasonCode: [{ text: 'NHS Health Check' }],
  reasonReference: [{ reference: 'Condition/asthma' }],
  basis: [{ display: 'Blood pressure' }],
  prediction: [
    {
      outcome: { text: 'Heart attack or stroke' },
      probabilityDecimal: 23.5,
      qualitativeRisk: { text: 'high' },
      relativeRisk: 1.6,
      whenRange: { high: { value: 10, unit: 'years' } },
      rationale: 'Smoker',
    },
  ],
  mitigation: 'Statin offered',
  note: [{ text: 'Declined' }],
}

export const adverseEvent = {
  resourceType: 'AdverseEvent',
  ...common('collapse'),
  identifier: { system: 'https://barts.example/event', value: 'e-1' },
  actuality: 'potential',
  category: [{ text: 'Medication mishap' }],
  event: { text: 'Wrong dose drawn up' },
  subject: patient,
  encounter: { reference: 'Encounter/visit' },
  date: '2024-05-02T14:00:00Z',
  detected: '2024-05-02T14:05:00Z',
  recordedDate: '2024-05-02T15:00:00Z',
  resultingCondition: [{ reference: 'Condition/asthma' }],
  location: { reference: 'Location/ward' },
  seriousness: { text: 'Serious' },
  severity: { text: 'mild' },
  outcome: { text: 'Resolved' },
  recorder: { reference: 'Practitioner/lind' },
  contributor: [{ reference: 'Practitioner/okafor' }],
  suspectEntity: [
    {
      instance: { display: 'Insulin' },
      causality: [{ productRelatedness: 'Concentrated insulin' }],
    },
  ],
}

export const deviceUse = {
  resourceType: 'DeviceUseStatement',
  ...common('frame-use'),
  identifier: [{ system: 'https://barts.example/use', value: 'u-1' }],
  status: 'active',
  subject: patient,
  timingPeriod: { start: '2024-01-01' },
  recordedOn: '2024-02-01',
  source: { reference: 'RelatedPerson/daughter' },
  device: { reference: 'Device/frame' },
  reasonCode: [{ text: 'Unsteady' }],
  reasonReference: [{ reference: 'Condition/asthma' }],
  bodySite: { text: 'Both hands' },
  note: [{ text: 'Outdoors' }],
}
