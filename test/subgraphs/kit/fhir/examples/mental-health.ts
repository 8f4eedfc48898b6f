import { patient, taggedMeta } from './tagged.ts'

export const mentalHealthEpisode = {
  resourceType: 'EpisodeOfCare',
  id: 'cmht',
  meta: taggedMeta('RWK'),
  status: 'active',
  type: [
    {
      coding: [
        {
          system: 'https://fhir.nhs.uk/CodeSystem/NHSDataModelAndDictionary-treatment-function',
          code: '710',
          display: 'Adult Mental Illness Service',
        },
      ],
    },
  ],
  patient,
  managingOrganization: { reference: 'Organization/elft' },
  period: { start: '2023-11-02', end: '2024-11-02' },
  careManager: { reference: 'Practitioner/lind' },
  team: [{ reference: 'CareTeam/community-team' }, { display: 'Crisis line' }],
}

export const legalStatus = {
  resourceType: 'Observation',
  id: 'section-2',
  meta: taggedMeta('RWK'),
  status: 'final',
  code: { text: 'Mental Health Act legal status' },
  subject: patient,
  effectivePeriod: { start: '2024-02-01T09:00:00Z', end: '2024-02-29T09:00:00Z' },
  issued: '2024-02-01T10:00:00Z',
  performer: [{ reference: 'Practitioner/okafor' }, { reference: 'Organization/elft' }],
  valueCodeableConcept: {
    coding: [
      {
        system:
          'https://www.datadictionary.nhs.uk/data_elements/mental_health_act_legal_status_classification_code',
        code: '02',
        display: 'Detained under section 2',
      },
    ],
  },
  note: [{ text: 'Rights explained' }],
}
