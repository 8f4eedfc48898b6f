import type { FhirResource } from '../../../../../subgraphs/kit/fhir/resource.ts'

const ODS = 'https://fhir.nhs.uk/Id/ods-organization-code'
const SNOMED = 'http://snomed.info/sct'

function organisation(id: string, odsCode: string, name: string): FhirResource {
  return { resourceType: 'Organization', id, identifier: [{ system: ODS, value: odsCode }], name }
}

/** What the examples refer to. */
export const supporting: readonly FhirResource[] = [
  organisation('barts', 'R1H', 'Barts Health'),
  organisation('elft', 'RWK', 'ELFT'),
  organisation('limehouse', 'F84001', 'Limehouse Practice'),
  organisation('council', '505', 'LB Tower Hamlets'),
  { resourceType: 'Organization', id: 'maker', name: 'Vaccines Ltd' },
  {
    resourceType: 'Practitioner',
    id: 'okafor',
    name: [{ prefix: ['Dr'], given: ['Ngozi'], family: 'Okafor' }],
  },
  { resourceType: 'Practitioner', id: 'lind', name: [{ text: 'Nurse Lind' }] },
  {
    resourceType: 'PractitionerRole',
    id: 'consultant',
    practitioner: { reference: 'Practitioner/okafor' },
    organization: { reference: 'Organization/barts' },
    code: [{ coding: [{ system: SNOMED, code: '768839008', display: 'Consultant' }] }],
  },
  {
    resourceType: 'RelatedPerson',
    id: 'daughter',
    name: [{ text: 'Amy Wells' }],
    relationship: [{ text: 'Daughter' }],
  },
  {
    resourceType: 'Location',
    id: 'ward',
    name: 'Ward 7C',
    managingOrganization: { reference: 'Organization/barts' },
  },
  {
    resourceType: 'HealthcareService',
    id: 'cardiology',
    name: 'Cardiology clinic',
    providedBy: { reference: 'Organization/barts' },
  },
  {
    resourceType: 'CareTeam',
    id: 'community-team',
    name: 'Mile End community team',
    managingOrganization: [{ reference: 'Organization/elft' }],
  },
  {
    resourceType: 'Encounter',
    id: 'visit',
    status: 'finished',
    serviceProvider: { reference: 'Organization/barts' },
  },
  {
    resourceType: 'Condition',
    id: 'asthma',
    code: { coding: [{ system: SNOMED, code: '195967001', display: 'Asthma' }] },
  },
  {
    resourceType: 'Medication',
    id: 'amoxicillin',
    code: {
      coding: [
        { system: SNOMED, code: '39732311000001104', display: 'Amoxicillin 250mg capsules' },
      ],
    },
  },
  {
    resourceType: 'Specimen',
    id: 'blood',
    type: { coding: [{ system: SNOMED, code: '122555007', display: 'Venous blood specimen' }] },
  },
  { resourceType: 'Observation', id: 'potassium' },
  { resourceType: 'Observation', id: 'sodium' },
  {
    resourceType: 'ImagingStudy',
    id: 'chest',
    started: '2024-05-01T09:00:00Z',
    modality: [{ code: 'DX', display: 'Digital radiography' }],
    series: [{ bodySite: { system: SNOMED, code: '51185008', display: 'Chest' } }],
    reasonCode: [{ text: 'Cough for six weeks' }],
  },
  {
    resourceType: 'Goal',
    id: 'walk',
    description: { text: 'Walk to the shops' },
    lifecycleStatus: 'active',
    achievementStatus: { text: 'Improving' },
    target: [{ dueDate: '2025-01' }],
  },
  {
    resourceType: 'ServiceRequest',
    id: 'physio',
    status: 'active',
    code: { text: 'Physiotherapy' },
    occurrenceDateTime: '2024-07-01',
  },
  {
    resourceType: 'Device',
    id: 'frame',
    deviceName: [{ name: 'Walking frame' }],
    type: { coding: [{ system: SNOMED, code: '266731002', display: 'Walking frame' }] },
  },
  { resourceType: 'Binary', id: 'letter', contentType: 'text/plain', data: 'RGVhciBkb2N0b3I=' },
]
